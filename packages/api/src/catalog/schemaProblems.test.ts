import { characterSheetSchema } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formatPath } from './problem.ts';
import { schemaProblems } from './schemaProblems.ts';

/** `path message. fix`, as `dcs check` prints it. */
function sentences(schema: z.ZodType, input: unknown): readonly string[] {
  const result = schema.safeParse(input);
  if (result.success) return [];
  return schemaProblems(schema, input, result.error).map(
    ({ path, message, fix }) => `${formatPath(path)} ${message}. ${fix}`,
  );
}

const about = (field: z.ZodType, value: unknown) => sentences(z.strictObject({ it: field }), { it: value });

describe('What a schema has against a document', () => {
  it('is said of a sheet in plain words, with what to do', () => {
    const sheet = {
      hid: 'oct',
      authors: [],
      isHuman: 'yes',
      pcEligible: null,
      shortDescription: '',
      abilities: [1, '\u0007'],
      goals: 'none',
      mood: 'good',
      longDescripton: 'It lives.',
    };
    const said = sentences(characterSheetSchema, sheet);
    for (const sentence of [
      'hid is "oct". It must be upper-case letters and digits, such as OCT or OCT-2.',
      'authors is empty. Give at least 1 entry.',
      'isHuman is "yes". Make it true or false.',
      'pcEligible is empty. Make it true or false.',
      'commonLabels is missing. Add a list.',
      'shortDescription is empty. Write something here.',
      'longDescription is missing. Add some text.',
      'abilities[0] is 1. Make it text.',
      'abilities[1] contains a control character. Remove it.',
      'goals is "none". Make it a list.',
      'dimensions is missing. Add it, with its fields.',
      'longDescripton is not a known field. Write longDescription instead.',
    ]) {
      expect(said).toContain(sentence);
    }
    expect(said.find((sentence) => sentence.startsWith('mood'))).toMatch(
      /^mood is not a known field\. Remove it\. Known here: hid, name, authors, /,
    );
  });

  it.each([
    [z.string().max(3), 'abcd', 'it has 4 characters, which is too many. Keep to at most 3 characters.'],
    [z.string().min(2), 'a', 'it has only 1 character. Give at least 2 characters.'],
    [z.array(z.int()).max(1), [1, 2], 'it has 2 entries, which is too many. Keep to at most 1 entry.'],
    [z.array(z.int()).min(2), [1], 'it has only 1 entry. Give at least 2 entries.'],
    [z.int().min(1), 0, 'it is 0. Use 1 or more.'],
    [z.int().max(9), 12, 'it is 12. Use 9 or less.'],
    [z.number().gt(0), 0, 'it is 0. Use a number that is more than 0.'],
    [z.number().lt(1), 1, 'it is 1. Use a number that is less than 1.'],
  ])('tells how much there is and how much there may be (%#)', (schema, value, sentence) => {
    expect(about(schema, value)).toEqual([sentence]);
  });

  it('quotes what stands there, and no more of it than a sentence bears', () => {
    expect(about(z.int(), 'x'.repeat(500))).toEqual([`it is "${'x'.repeat(40)}…". Make it a number.`]);
    expect(about(z.int(), 1.5)).toEqual(['it is 1.5. Make it a whole number.']);
    expect(about(z.string(), { a: 1 })).toEqual(['it is a group of fields. Make it text.']);
    expect(about(z.boolean(), [true])).toEqual(['it is a list. Make it true or false.']);
    expect(about(z.enum(['bird', 'fish']), undefined)).toEqual(['it is missing. Use one of: bird, fish.']);
    expect(about(z.enum(['bird', 'fish']), null)).toEqual([
      'it is empty, which is not among the options. Use one of: bird, fish.',
    ]);
  });

  it('survives a group of fields in place of an option, even one that cannot be made text of', () => {
    expect(about(z.enum(['bird', 'fish']), { toString: 0 })).toEqual([
      'it is a group of fields, which is not among the options. Use one of: bird, fish.',
    ]);
  });

  it('takes over what a schema says in its own words, whoever wrote them', () => {
    const refusing = (error: string) => z.string().refine(() => false, { error });
    expect(about(refusing('is no tern; look again'), 'a')).toEqual(['it is no tern. Look again.']);
    expect(about(refusing('is no tern'), 'a')).toEqual(['it is no tern. Change it.']);
    expect(about(refusing('must be in flight'), 'a')).toEqual(['it is "a". It must be in flight.']);
    expect(about(refusing('no tern ever.'), 'a')).toEqual(['it does not fit: no tern ever. Change it.']);
  });
});
