import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  assessmentsOf,
  CHARACTER_FILTER_NAMES,
  divergenceOf,
  HSN_SECTION_NAMES,
  selectCharacters,
} from '@dcs/engine';
import type { CharacterSheet } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { referenceHeron as heron } from '../../test/support/referenceHeron.ts';
import { characterSheetFromReference } from './referenceFormat.ts';

describe('a record of the dump format', () => {
  it('becomes a sheet', () => {
    const result = characterSheetFromReference(heron);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    expect(result.sheet).toMatchObject({
      hid: 'HRN',
      isHuman: false,
      personaFeatures: [],
      scenarios: [{ baselineExperience: 'Wet.', unpleasantIf: ['ice'] }],
      dimensions: { goalspaceBounds: { value: ['open-ended'] } },
    });
  });

  it('may carry the bookkeeping of a database', () => {
    expect(
      characterSheetFromReference({ ...heron, _id: { $oid: '1' }, created_at: { $date: '2026' } }).ok,
    ).toBe(true);
  });

  it('may have explanations that are null', () => {
    const result = characterSheetFromReference({
      ...heron,
      dimensions: { ...heron.dimensions, size: { value: ['meter (m)'], explanation: null } },
    });
    expect(result.ok && result.sheet.dimensions?.size.explanation).toBe('');
  });

  it.each([
    [{ hid: 'x' }, 'hid'],
    [{ scenarios: 'none' }, 'scenarios'],
    [{ scenarios: [null] }, 'scenarios.0'],
    [{ hsn_divergence: [] }, 'hsnDivergence'],
    [{ dimensions: 'big' }, 'dimensions'],
    [{ surprise: 1 }, 'surprise'],
  ])('is refused with %j, naming the field', (change, path) => {
    const result = characterSheetFromReference({ ...heron, ...change });
    expect(result.ok ? [] : result.problems.map((problem) => problem.path.join('.'))).toContain(path);
  });

  it.each([null, undefined, 'heron', 3, [], [heron], {}])('is refused when it is %j', (record) => {
    expect(characterSheetFromReference(record).ok).toBe(false);
  });
});

const casesDir = process.env['DCS_CASES_DIR'];

/** The snake_case record that a sheet was read from. */
function recordFrom(value: unknown, isProfile = false): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => recordFrom(item));
  if (typeof value !== 'object' || value === null) return value;
  const suffix = isProfile ? '_assumptions' : '';
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => {
      const name = key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) + suffix;
      return [name, recordFrom(field, key === 'hsnDivergence')];
    }),
  );
}

/** Absent explanations are read as empty ones. */
const withoutNullExplanations = (record: unknown): unknown =>
  JSON.parse(
    JSON.stringify(record, (key, value: unknown) => (key === 'explanation' ? (value ?? '') : value)),
  );

describe.skipIf(casesDir === undefined)('the published character set (needs DCS_CASES_DIR)', () => {
  async function readRecords(): Promise<readonly unknown[]> {
    const file = join(casesDir ?? '', 'data/dcs/characters.json');
    return z.array(z.unknown()).parse(JSON.parse(await readFile(file, 'utf8')));
  }

  async function readSheets(): Promise<readonly CharacterSheet[]> {
    return (await readRecords()).map((record) => {
      const result = characterSheetFromReference(record);
      if (!result.ok) throw new Error(JSON.stringify(result.problems));
      return result.sheet;
    });
  }

  it('is read in full, and nothing of it is lost', async () => {
    const sheets = await readSheets();
    expect(sheets.map((sheet) => recordFrom(sheet))).toEqual(
      (await readRecords()).map(withoutNullExplanations),
    );
  });

  it('falls under the filters as published', async () => {
    const sheets = await readSheets();
    const counts = CHARACTER_FILTER_NAMES.map((name) => [name, selectCharacters(sheets, [name]).length]);
    expect(Object.fromEntries(counts)).toEqual({
      all: 44,
      'pc-eligible': 27,
      human: 20,
      'non-human': 24,
      'human-normative': 2,
      neurotypical: 2,
      divergent: 18,
      neurodivergent: 16,
      'physical-divergence': 12,
      hypersensitive: 4,
      hyposensitive: 1,
    });
  });

  it('assesses 560 assumptions, of which 368 hold', async () => {
    const answers = (await readSheets()).flatMap(({ hsnDivergence }) =>
      hsnDivergence === null
        ? []
        : HSN_SECTION_NAMES.flatMap((section) => assessmentsOf(hsnDivergence, section)),
    );
    const holding = answers.filter(({ value }) => value === 'normative');
    expect([answers.length, holding.length]).toEqual([560, 368]);
  });

  it('diverges as published, and tells where divergence is not known', async () => {
    const sheets = new Map((await readSheets()).map((sheet) => [sheet.hid, sheet]));
    const divergence = (left: string, right: string): number | null => {
      const [one, other] = [sheets.get(left), sheets.get(right)];
      if (one === undefined || other === undefined) throw new Error(`${left} or ${right} is missing.`);
      return divergenceOf(one, other).score;
    };
    const scores = ['DS', 'JW', 'JAB', 'DTM', 'KAT', 'DGE', 'NB', 'FW'].map((hid) => [
      hid,
      divergence('NA', hid),
    ]);
    expect(Object.fromEntries(scores)).toEqual({
      DS: 44,
      JW: 38,
      JAB: 38,
      DTM: 28,
      KAT: 22,
      DGE: 10,
      NB: 0,
      FW: null,
    });
    expect(divergence('FW', 'GA')).toBeGreaterThan(0);
  });
});
