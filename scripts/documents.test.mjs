import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow } from './lib/fingerprint.mjs';
import { inRoot } from './lib/paths.mjs';

const documents = [
  inRoot('README.md'),
  inRoot('CONTRIBUTING.md'),
  inRoot('seeds', 'README.md'),
  ...filesBelow(inRoot('docs')).filter((file) => file.endsWith('.md')),
];
const textOf = (file) => readFileSync(file, 'utf8');

describe('the documents', () => {
  it('show the example bot as it is', () => {
    const example = textOf(inRoot('examples', 'bot.ts')).trim();
    expect(textOf(inRoot('README.md'))).toContain(`\`\`\`ts\n${example}\n\`\`\``);
  });

  it.each(documents.map((file) => [path.relative(inRoot(), file), file]))(
    '%s links to files that exist',
    (_, file) => {
      const links = [...textOf(file).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link]) => link);
      const broken = links.filter((link) => !existsSync(path.resolve(path.dirname(file), link)));
      expect(broken).toEqual([]);
    },
  );

  it('name only commands that exist', () => {
    const { scripts } = JSON.parse(textOf(inRoot('package.json')));
    const named = documents.flatMap((file) =>
      [...textOf(file).matchAll(/npm run ([a-z:]+)/g)].map(([, name]) => name),
    );
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it('name only places that exist', () => {
    const named = documents.flatMap((file) =>
      [...textOf(file).matchAll(/`((?:packages|games|seeds|prisma|scripts|docs|examples)\/[\w./-]+)`/g)].map(
        ([, place]) => place,
      ),
    );
    // The one place that CONTRIBUTING asks its reader to make.
    const made = ['packages/engine/src/games/roleplay/barter.ts', 'games/barter.yaml'];
    expect(named.filter((place) => !made.includes(place) && !existsSync(inRoot(place)))).toEqual([]);
  });
});
