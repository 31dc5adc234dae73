import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { characterSheetSchema } from '@dcs/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { canonicalJson } from './canonicalJson.ts';
import { characterRevision } from './revision.ts';

const file = join(import.meta.dirname, '../../../../seeds/characters/OCT.yaml');
const octopus = characterSheetSchema.parse(parse(await readFile(file, 'utf8')));

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

describe('canonical JSON', () => {
  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it('keeps the order of lists and the difference between values', () => {
    expect(canonicalJson({ b: [2, 1], a: null })).toBe('{"a":null,"b":[2,1]}');
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
  });

  it('loses nothing that JSON can say', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe("a sheet's revision", () => {
  it('is 64 hexadecimal digits and the same for the same content', () => {
    expect(characterRevision(octopus)).toMatch(/^[0-9a-f]{64}$/);
    expect(characterRevision(structuredClone(octopus))).toBe(characterRevision(octopus));
  });

  it('changes with any edit, however small', () => {
    const edited = {
      ...octopus,
      goals: octopus.goals.map((goal, index) => (index === 0 ? `${goal} ` : goal)),
    };
    expect(characterRevision(edited)).not.toBe(characterRevision(octopus));
    expect(characterRevision({ ...octopus, goals: octopus.goals.toReversed() })).not.toBe(
      characterRevision(octopus),
    );
  });

  it('does not tell an absent optional field from one that is undefined', () => {
    const { senses: _senses, ...rest } = octopus;
    expect(characterRevision({ ...rest, senses: undefined })).toBe(characterRevision(rest));
  });
});
