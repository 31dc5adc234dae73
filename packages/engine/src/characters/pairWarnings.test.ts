import { describe, expect, it } from 'vitest';
import { bareSheet, gardener, mole } from '../testing/characterSheets.ts';
import { examplePerson, exampleSheet, snailDimensions } from '../testing/exampleSheet.ts';
import type { CharacterSheet } from './character.schema.ts';
import { pairWarnings } from './pairWarnings.ts';

const none = { acuity: 'none' } as const;

const reasons = (pc: CharacterSheet, npc: CharacterSheet): readonly string[] =>
  pairWarnings(pc, npc).map(({ reason }) => reason);

function withSenses(sheet: CharacterSheet, senses: Partial<CharacterSheet['senses']>): CharacterSheet {
  if (sheet.senses === undefined) throw new Error(`${sheet.hid} has no senses to change.`);
  return { ...sheet, senses: { ...sheet.senses, ...senses } };
}

/** A plant in a sealed jar: nothing of the world reaches it. */
const sealed = withSenses(mole, { touch: none, smell: none, taste: none, hearing: none, extra: [] });

function withoutSenses(sheet: CharacterSheet): CharacterSheet {
  const { senses: _senses, manner: _manner, ...rest } = sheet;
  return rest;
}

const algorithm: CharacterSheet = {
  ...withoutSenses(exampleSheet({ hid: 'ALG' })),
  dimensions: {
    ...snailDimensions(),
    form: { value: ['disembodied (software-only)'], explanation: '' },
    abilities: { value: ['pattern-recognition'], explanation: '' },
  },
};

describe('warnings about two characters that are to meet', () => {
  it('are none for two who see and hear each other, or who feel each other move', () => {
    expect(reasons(gardener, { ...gardener, hid: 'TWO' })).toEqual([]);
    expect(reasons(gardener, exampleSheet())).toEqual([]);
  });

  it('tell that a character would meet itself', () => {
    expect(reasons(gardener, gardener)).toEqual(['pair/same-character']);
  });

  it('tell that nobody is meant to play a character', () => {
    expect(reasons(exampleSheet({ pcEligible: false }), gardener)).toEqual(['pair/not-pc-eligible']);
  });

  it('tell who perceives nothing of the other', () => {
    expect(reasons(gardener, sealed)).toEqual(['pair/npc-perceives-nothing']);
    expect(reasons(sealed, gardener)).toEqual(['pair/pc-perceives-nothing']);
  });

  it('tell that neither can say anything that the other perceives', () => {
    expect(reasons(gardener, mole)).toEqual(['pair/no-shared-channel']);
  });

  it('tell nothing of two who cannot answer in kind, as long as one of them is understood', () => {
    const signer: CharacterSheet = { ...gardener, hid: 'SIGN' };
    const deaf = withSenses(
      { ...signer, manner: signer.manner && { ...signer.manner, speech: 'signed' } },
      {
        hearing: none,
      },
    );
    expect(reasons(gardener, deaf)).toEqual([]);
  });

  it('follow the profile where a sheet from elsewhere names no senses', () => {
    expect(reasons(withoutSenses(examplePerson()), algorithm)).toEqual(['pair/npc-perceives-nothing']);
    expect(reasons(algorithm, gardener)).toEqual(['pair/pc-perceives-nothing']);
    expect(reasons(gardener, bareSheet)).toEqual([]);
  });

  it('never name a sense: players are to find out what reaches the other', () => {
    const messages = [...pairWarnings(gardener, mole), ...pairWarnings(gardener, sealed)].map(
      ({ message }) => message,
    );
    for (const sense of ['hear', 'see', 'blind', 'deaf', 'touch', 'smell'])
      expect(messages.join(' ')).not.toContain(sense);
  });
});
