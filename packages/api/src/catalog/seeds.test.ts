import { selectCharacters } from '@dcs/engine';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadCharacters } from './characters.ts';
import { editorSchemas } from './jsonSchemas.ts';

const repository = join(import.meta.dirname, '../../../..');
const { characters, problems } = await loadCharacters(join(repository, 'seeds/characters'));
const sheets = characters.map(({ sheet }) => sheet);

function words(text: string): number {
  return text.split(/\s+/).length;
}

const fieldsSchema = z.looseObject({
  description: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
});

function fieldsWithoutDescription(schema: unknown, path: string): readonly string[] {
  const here = fieldsSchema.safeParse(schema);
  if (!here.success) return [];
  const { properties = {}, items } = here.data;
  const own = Object.entries(properties).flatMap(([name, field]) => {
    const place = `${path}.${name}`;
    const isTold = fieldsSchema.parse(field).description !== undefined;
    return [...(isTold ? [] : [place]), ...fieldsWithoutDescription(field, place)];
  });
  return [...own, ...fieldsWithoutDescription(items, `${path}[]`)];
}

describe('the characters that come with the product', () => {
  it('are free of errors and warnings', () => {
    expect(problems).toEqual([]);
  });

  it('are at least twelve, people and others, with enough of them to be played', () => {
    expect(sheets.length).toBeGreaterThanOrEqual(12);
    expect(selectCharacters(sheets, ['non-human']).length).toBeGreaterThanOrEqual(5);
    const playable = selectCharacters(sheets, ['pc-eligible']);
    expect(playable.length).toBeGreaterThanOrEqual(6);
    expect(selectCharacters(playable, ['human']).length).toBeGreaterThanOrEqual(4);
    expect(selectCharacters(playable, ['human-normative']).length).toBeGreaterThanOrEqual(2);
  });

  it.each(['divergent', 'neurodivergent', 'physical-divergence', 'hypersensitive', 'hyposensitive'])(
    'include someone for the filter %s',
    (name) => {
      expect(selectCharacters(sheets, [name])).not.toEqual([]);
    },
  );

  it('make a good first impression: five are told at length', () => {
    const rich = sheets.filter(
      (sheet) => words(sheet.longDescription) >= 300 && sheet.abilities.length >= 12,
    );
    expect(rich.length).toBeGreaterThanOrEqual(5);
  });

  it('claim no sight or hearing in one place that they deny in another', () => {
    const contradictions = sheets.filter(({ senses, dimensions }) => {
      const claimed = dimensions?.abilities.value ?? [];
      const denies = (ability: 'vision' | 'hearing'): boolean =>
        claimed.includes(ability) && senses?.[ability].acuity === 'none';
      return denies('vision') || denies('hearing');
    });
    expect(contradictions.map(({ hid }) => hid)).toEqual([]);
  });

  it('react in clauses that can follow a name', () => {
    const clauses = sheets.flatMap(({ manner }) => Object.values(manner?.reactions ?? {}).flat());
    expect(clauses.filter((clause) => !/^[a-z].*[^.]$/s.test(clause))).toEqual([]);
  });

  it('have something to say when they use words', () => {
    const inWords = sheets.filter(
      ({ manner }) => manner?.speech !== 'signal' && manner?.sayings.length === 0,
    );
    expect(inWords.map(({ hid }) => hid)).toEqual([]);
  });
});

describe('the JSON Schemas for editors', () => {
  it.each(editorSchemas())('are as the code says: $path', async ({ path, text }) => {
    // After a change of a schema, `vitest run -u` writes the files anew.
    await expect(text).toMatchFileSnapshot(join(repository, path));
  });

  it('describe every field of an experiment', () => {
    const text =
      editorSchemas().find(({ path }) => path === 'experiments/experiment.schema.json')?.text ?? '';
    expect(fieldsWithoutDescription(JSON.parse(text), '')).toEqual([]);
  });

  it.each([
    ['seeds/characters', '# yaml-language-server: $schema=../character.schema.json\n'],
    ['games', '# yaml-language-server: $schema=./game.schema.json\n'],
    ['experiments', '# yaml-language-server: $schema=./experiment.schema.json\n'],
  ])('are named at the head of every file in %s', async (folder, head) => {
    const files = (await readdir(join(repository, folder))).filter((name) => name.endsWith('.yaml'));
    const texts = await Promise.all(files.map((name) => readFile(join(repository, folder, name), 'utf8')));
    expect(texts.length).toBeGreaterThan(0);
    expect(files.filter((_name, index) => !texts[index]?.startsWith(head))).toEqual([]);
  });
});
