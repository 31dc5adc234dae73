import { describe, expect, it } from 'vitest';
import type { CharacterSheet } from '../characters/character.schema.ts';
import { explore } from '../games/roleplay/explore.ts';
import { gardener, mole } from '../testing/characterSheets.ts';
import { exampleSheet } from '../testing/exampleSheet.ts';
import { EXPLORE_FILE } from '../testing/exploreSession.ts';
import { castSeats } from './casting.ts';

const none = { acuity: 'none' } as const;

/** A mole that nothing of the world reaches. */
function sealedMole(): CharacterSheet {
  const { senses } = mole;
  if (senses === undefined) throw new Error('The mole has no senses to take.');
  const without = { touch: none, smell: none, taste: none, hearing: none, extra: [] };
  return { ...mole, hid: 'SEALED', senses: { ...senses, ...without } };
}

const sealed = sealedMole();
const SEEDS = Array.from({ length: 40 }, (_, index) => `seed ${index}`);

function cast(sheets: readonly CharacterSheet[], wanted: Record<string, string>, seed: string) {
  const characters = sheets.map((sheet) => ({ sheet, revision: sheet.hid }));
  const found = castSeats({ entry: { game: explore, file: EXPLORE_FILE }, characters, wanted, seed });
  if (!found.ok) throw new Error(found.message);
  return Object.fromEntries(Object.entries(found.cast).map(([seat, { hid }]) => [seat, hid]));
}

const partnersOf = (pc: CharacterSheet, sheets: readonly CharacterSheet[]): Set<unknown> =>
  new Set(SEEDS.map((seed) => cast(sheets, { pc: pc.hid }, seed)['npc']));

describe('casting by chance', () => {
  it('reaches everyone who goes with whoever was wanted, and nobody who is doubtful beside them', () => {
    const snail = exampleSheet();
    const other = { ...gardener, hid: 'OTHER' };
    expect(partnersOf(gardener, [gardener, sealed, snail, other])).toEqual(new Set([snail.hid, 'OTHER']));
  });

  it('takes who is doubtful when nobody else is there, and the same character only when there is no other', () => {
    expect(partnersOf(gardener, [gardener, sealed])).toEqual(new Set(['SEALED']));
    expect(partnersOf(gardener, [gardener])).toEqual(new Set([gardener.hid]));
  });

  it('casts the same for the same seed', () => {
    const sheets = [gardener, sealed, mole, { ...gardener, hid: 'OTHER' }];
    for (const seed of SEEDS) expect(cast(sheets, {}, seed)).toEqual(cast(sheets, {}, seed));
  });
});
