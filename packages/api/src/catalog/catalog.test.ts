import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadCatalog } from './catalog.ts';
import type { Catalog, CatalogSources } from './catalog.ts';
import { checkCatalog, formatCatalogReport } from './checkCatalog.ts';
import type { CatalogGame } from './gameFiles.ts';

const repository = join(import.meta.dirname, '../../../..');
const barnacle = await readFile(join(repository, 'seeds/characters/BAR.yaml'), 'utf8');

const duet: CatalogGame = {
  name: 'duet',
  seats: [],
  configSchema: z.strictObject({
    maxTurns: z.int().min(1).max(500).default(50),
    loud: z.boolean().optional(),
  }),
};

const duetFile = `name: duet
title: Duet
version: 1.0.0
authors: [A tester]
description: Two voices.
config:
  maxTurns: 20
pcs: [pc-eligible, BAR]
npcs: [all]
stoppingConditions:
  turns: ['>= maxTurns']
`;

let root: string;
let sources: CatalogSources;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'dcs-catalog-'));
  const folder = async (name: string): Promise<string> => {
    await mkdir(join(root, name), { recursive: true });
    return join(root, name);
  };
  await folder('seeds/characters');
  const [gamesDir, experimentsDir] = [await folder('games'), await folder('experiments')];
  sources = { gamesDir, experimentsDir, seedsDir: join(root, 'seeds'), games: [duet] };
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function load(files: Record<string, string>): Promise<Catalog> {
  for (const [name, content] of Object.entries(files)) await writeFile(join(root, name), content);
  return loadCatalog(sources);
}

function found({ problems }: Catalog): readonly string[] {
  return problems.map(
    ({ severity, reason, file, line }) => `${severity} ${reason} ${file.slice(root.length + 1)}:${line}`,
  );
}

const complete = { 'seeds/characters/BAR.yaml': barnacle, 'games/duet.yaml': duetFile };

describe('the catalogue', () => {
  it('loads characters and games and finds nothing to mend when all is well', async () => {
    const catalog = await load(complete);
    expect(found(catalog)).toEqual([]);
    expect(catalog.characters.map(({ sheet }) => sheet.hid)).toEqual(['BAR']);
    expect(catalog.characters[0]?.revision).toMatch(/^[0-9a-f]{64}$/);
    expect(catalog.gameFiles.map(({ gameFile }) => gameFile.title)).toEqual(['Duet']);
  });

  it('leaves out a broken sheet and keeps the others', async () => {
    const catalog = await load({ ...complete, 'seeds/characters/BAD.yaml': 'hid: BAD\n' });
    expect(catalog.characters.map(({ sheet }) => sheet.hid)).toEqual(['BAR']);
    expect(found(catalog).every((line) => line.includes('seeds/characters/BAD.yaml'))).toBe(true);
    expect(checkCatalog(catalog).ok).toBe(false);
  });

  it('leaves out a game that names models which the settings cannot ask, and says where and what is missing', async () => {
    const models = 'models:\n  scorer: [scripted]\n  updater: [scripted, "openrouter:a/b"]\n';
    sources = {
      ...sources,
      modelProblems: ([model]) => (model === 'scripted' ? [] : [`A key is needed for ${model}.`]),
    };
    const catalog = await load({ ...complete, 'games/duet.yaml': `${duetFile}${models}` });
    expect(catalog.gameFiles).toEqual([]);
    expect(catalog.problems.find(({ severity }) => severity === 'error')).toMatchObject({
      reason: 'game/model-not-set-up',
      path: 'models.updater[1]',
      line: 14,
      message: 'is openrouter:a/b, which cannot be asked here',
      fix: 'A key is needed for openrouter:a/b.',
    });
  });

  it.each(['gpt-5', 'replay:tape.jsonl', 'openrouter:', 'elsewhere:m'])(
    'refuses a game that names %s as a model',
    async (name) => {
      const models = `models: { updater: [${JSON.stringify(name)}] }\n`;
      const catalog = await load({ ...complete, 'games/duet.yaml': `${duetFile}${models}` });
      expect(catalog.problems.find(({ severity }) => severity === 'error')).toMatchObject({
        path: 'models.updater[0]',
      });
      expect(catalog.gameFiles).toEqual([]);
    },
  );

  it('reports a handle that differs from the file name, and one that is taken', async () => {
    const catalog = await load({ ...complete, 'seeds/characters/CAR.yaml': barnacle });
    expect(found(catalog)).toEqual([
      'error character/file-name seeds/characters/CAR.yaml:3',
      'error character/duplicate-hid seeds/characters/CAR.yaml:3',
    ]);
    expect(catalog.characters.map(({ file }) => file)).toEqual([join(root, 'seeds/characters/BAR.yaml')]);
  });

  it('warns about a sheet that is valid but lacks something, and keeps it', async () => {
    const catalog = await load({
      ...complete,
      'seeds/characters/BAR.yaml': barnacle.replace('isHuman: false', 'isHuman: true'),
    });
    expect(new Set(catalog.problems.map(({ reason }) => reason))).toEqual(
      new Set(['character/profile-missing', 'character/profile-of-the-other-kind']),
    );
    expect(catalog.characters).toHaveLength(1);
    expect(checkCatalog(catalog).ok).toBe(true);
  });

  it('reports a game that does not exist and suggests the one that was meant', async () => {
    const catalog = await load({
      ...complete,
      'games/dueet.yaml': duetFile.replace('name: duet', 'name: dueet'),
    });
    expect(found(catalog)).toEqual(['error game/unknown games/dueet.yaml:1']);
    expect(catalog.problems[0]?.fix).toBe('Did you mean duet?');
  });

  it('reports a game that is configured twice or under another file name', async () => {
    const catalog = await load({ ...complete, 'games/duet.yml': duetFile, 'games/other.yaml': duetFile });
    expect(found(catalog)).toEqual([
      'error game/duplicate games/duet.yml:1',
      'error game/file-name games/other.yaml:1',
      'error game/duplicate games/other.yaml:1',
    ]);
    expect(catalog.gameFiles).toHaveLength(1);
  });

  it.each([
    ['maxTurns: 20', 'maxTurns: 501', 'error schema/too-big games/duet.yaml:7'],
    ['maxTurns: 20', 'maxTurn: 20', 'error schema/unknown-field games/duet.yaml:7'],
    ['>= maxTurns', '>= maxTruns', 'error condition/unknown-name games/duet.yaml:11'],
    ["['>= maxTurns']", '["> 3", "turns > 3"]', 'error schema/invalid games/duet.yaml:11'],
    ['1.0.0', 'one', 'error schema/invalid games/duet.yaml:3'],
    ['BAR]', 'BAQ]', 'error game/unknown-character games/duet.yaml:8'],
    ['[all]', '[human]', 'error game/nobody-admitted games/duet.yaml:9'],
  ])('reports %j changed to %j', async (from, to, problem) => {
    const catalog = await load({ ...complete, 'games/duet.yaml': duetFile.replace(from, to) });
    expect(found(catalog)).toContain(problem);
  });

  it('lets a condition name a setting that the file leaves to its default', async () => {
    const file = duetFile.replace('config:\n  maxTurns: 20', 'config: {}');
    expect(found(await load({ ...complete, 'games/duet.yaml': file }))).toEqual([]);
  });

  it('warns when a game has no file', async () => {
    const catalog = await load({ 'seeds/characters/BAR.yaml': barnacle });
    expect(found(catalog)).toEqual(['warning game/no-file games/duet.yaml:1']);
  });

  it('reports a missing folder, but does without experiments', async () => {
    await rm(join(root, 'seeds'), { recursive: true });
    await rm(join(root, 'experiments'), { recursive: true });
    const catalog = await load({
      'games/duet.yaml': duetFile.replace(', BAR', '').replace('npcs: [all]\n', ''),
    });
    expect(found(catalog)).toContain('error folder/unreadable seeds/characters:1');
    expect(catalog.experiments).toEqual([]);
  });

  it('reads neither schemas nor notes nor hidden files, and mentions other strays', async () => {
    const strays = {
      'games/README.md': '',
      'games/game.schema.json': '{',
      'games/.draft.yaml': '[',
      'games/x.txt': '',
    };
    expect(found(await load({ ...complete, ...strays }))).toEqual(['warning file/not-read games/x.txt:1']);
  });

  it('keeps experiments that can be run and names what is wrong with the others', async () => {
    const pilot = 'name: pilot\ngames: [{ name: Duet }]\n';
    const catalog = await load({
      ...complete,
      'experiments/pilot.yaml': pilot,
      'experiments/broken.yaml': 'name: [\n',
      'experiments/other.yaml': pilot.replace('pilot', 'other').replace('Duet', 'Duett'),
    });
    expect(catalog.experiments.map(({ config, file }) => ({ name: config.name, file }))).toEqual([
      { name: 'pilot', file: join(root, 'experiments/pilot.yaml') },
    ]);
    expect(new Set(found(catalog))).toEqual(
      new Set([
        'error yaml/syntax experiments/broken.yaml:2',
        'error experiment/unknown-game experiments/other.yaml:2',
      ]),
    );
    expect(checkCatalog(catalog)).toMatchObject({ ok: false, experiments: 1 });
  });

  it('refuses an experiment with a game whose own file cannot be used', async () => {
    const catalog = await load({
      ...complete,
      'games/duet.yaml': 'name: duet\n',
      'experiments/pilot.yaml': 'name: pilot\ngames: [{ name: duet }]\n',
    });
    expect(found(catalog)).toContain('error experiment/game-not-offered experiments/pilot.yaml:2');
  });
});

describe('the report', () => {
  it('says one line for each problem and then the totals', async () => {
    const catalog = await load({ ...complete, 'games/duet.yaml': duetFile.replace('BAR]', 'BAQ]') });
    const file = join(root, 'games/duet.yaml');
    expect(formatCatalogReport(checkCatalog(catalog))).toBe(
      [
        `${file}:8:20: error pcs[1] is BAQ, and there is no such character. Did you mean BAR?`,
        `${file}:8:1: error pcs admits none of the characters, so nobody can play. Add a filter or a hid that some character satisfies.`,
        '1 character, 1 game, 0 experiments: 2 errors, 0 warnings',
      ]
        .toSorted((a, b) => Number(b.includes(':8:1:')) - Number(a.includes(':8:1:')))
        .join('\n'),
    );
  });
});
