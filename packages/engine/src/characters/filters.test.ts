import { describe, expect, it } from 'vitest';
import { examplePerson, exampleSheet, normativeProfile } from '../testing/exampleSheet.ts';
import type { CharacterSheet } from './character.schema.ts';
import {
  CHARACTER_FILTER_NAMES,
  CHARACTER_FILTERS,
  isCharacterFilterName,
  selectCharacters,
} from './filters.ts';
import type { HsnDivergence } from './hsnDivergence.schema.ts';

const divergent = { value: 'divergent', explanation: 'It does not hold.' } as const;

function personWith(change: (profile: HsnDivergence) => HsnDivergence): CharacterSheet {
  return examplePerson({ hsnDivergence: change(normativeProfile()) });
}

const blind = personWith((profile) => ({
  ...profile,
  physicalAbility: { ...profile.physicalAbility, vision: divergent },
}));
const forgetful = personWith((profile) => ({
  ...profile,
  cognitiveAndPerceptual: { ...profile.cognitiveAndPerceptual, memory: divergent },
}));
const blunt = personWith((profile) => ({
  ...profile,
  socialAndCommunicative: { ...profile.socialAndCommunicative, neurotypicalCommunication: divergent },
}));
const tired = personWith((profile) => ({
  ...profile,
  temporalAndLogistical: { ...profile.temporalAndLogistical, energyPredictability: divergent },
}));

function filtersOf(sheet: CharacterSheet): readonly string[] {
  return CHARACTER_FILTER_NAMES.filter((name) => CHARACTER_FILTERS[name](sheet));
}

describe('character filters', () => {
  it.each<[string, CharacterSheet, readonly string[]]>([
    ['an animal', exampleSheet({ pcEligible: false }), ['all', 'non-human']],
    ['an animal that players may play', exampleSheet(), ['all', 'pc-eligible', 'non-human']],
    ['a person in whom all assumptions hold', examplePerson(), ['all', 'pc-eligible', 'human']],
    ['a blind person', blind, ['all', 'pc-eligible', 'human', 'divergent', 'physical-divergence']],
    ['a forgetful person', forgetful, ['all', 'pc-eligible', 'human', 'divergent', 'neurodivergent']],
    ['a blunt person', blunt, ['all', 'pc-eligible', 'human', 'divergent', 'neurodivergent']],
    ['a person of changing energy', tired, ['all', 'pc-eligible', 'human', 'divergent']],
    [
      'a person labelled neurotypical',
      examplePerson({ commonLabels: ['tailor', 'neurotypical'] }),
      ['all', 'pc-eligible', 'human', 'human-normative', 'neurotypical'],
    ],
    [
      'a machine labelled neurotypical',
      exampleSheet({ commonLabels: ['neurotypical'] }),
      ['all', 'pc-eligible', 'non-human', 'neurotypical'],
    ],
    [
      'a person labelled anxious',
      examplePerson({ commonLabels: ['anxiety'] }),
      ['all', 'pc-eligible', 'human', 'hypersensitive'],
    ],
    [
      'a person with ADHD',
      examplePerson({ commonLabels: ['ADHD'] }),
      ['all', 'pc-eligible', 'human', 'hyposensitive'],
    ],
    [
      'a label in another case',
      examplePerson({ commonLabels: ['adhd', 'Autistic', 'Neurotypical'] }),
      ['all', 'pc-eligible', 'human'],
    ],
    ['a person without a profile', examplePerson({ hsnDivergence: null }), ['all', 'pc-eligible', 'human']],
  ])('place %s', (_what, sheet, expected) => {
    expect(filtersOf(sheet)).toEqual(expected);
  });
});

describe('choosing characters', () => {
  const sheets = [exampleSheet({ hid: 'SNL', pcEligible: false }), blind, examplePerson({ hid: 'TWO' })];

  it('admits whoever any filter or handle admits, once and in the given order', () => {
    const chosen = selectCharacters(sheets, ['human', 'divergent', 'SNL']);
    expect(chosen.map(({ hid }) => hid)).toEqual(['SNL', 'PER', 'TWO']);
  });

  it('admits nobody for an empty list, an unknown filter or an unknown handle', () => {
    expect(selectCharacters(sheets, [])).toEqual([]);
    expect(selectCharacters(sheets, ['humans', 'ZZZ', 'snl', 'toString', '__proto__'])).toEqual([]);
  });

  it('knows its own names only', () => {
    expect(CHARACTER_FILTER_NAMES.every(isCharacterFilterName)).toBe(true);
    expect(['HUMAN', '', 'constructor', 'pc_eligible'].some(isCharacterFilterName)).toBe(false);
  });
});
