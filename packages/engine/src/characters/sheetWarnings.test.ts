import { describe, expect, it } from 'vitest';
import { examplePerson, exampleSheet, normativeProfile, snailDimensions } from '../testing/exampleSheet.ts';
import type { CharacterSheet } from './character.schema.ts';
import { characterSheetWarnings } from './sheetWarnings.ts';

function warnings(sheet: CharacterSheet): readonly string[] {
  return characterSheetWarnings(sheet).map(({ reason, path }) => `${reason} ${path.join('.')}`);
}

describe('warnings about a sheet', () => {
  it('are none for a sheet that is complete', () => {
    expect(warnings(exampleSheet())).toEqual([]);
    expect(warnings(examplePerson({ commonLabels: ['neurotypical'] }))).toEqual([]);
  });

  it('ask for the profile that belongs to its kind', () => {
    expect(warnings(exampleSheet({ dimensions: null }))).toEqual(['character/profile-missing dimensions']);
    expect(warnings(examplePerson({ hsnDivergence: null }))).toEqual([
      'character/profile-missing hsnDivergence',
    ]);
  });

  it('point out a profile of the other kind', () => {
    expect(warnings(exampleSheet({ hsnDivergence: normativeProfile() }))).toEqual([
      'character/profile-of-the-other-kind hsnDivergence',
    ]);
    expect(warnings(examplePerson({ dimensions: snailDimensions() }))).toEqual([
      'character/profile-of-the-other-kind dimensions',
    ]);
  });

  it('ask for senses and manner', () => {
    const { senses: _senses, manner: _manner, ...rest } = exampleSheet();
    expect(warnings(rest)).toEqual(['character/senses-missing senses', 'character/manner-missing manner']);
  });

  it('point out a label that the profile contradicts', () => {
    const profile = normativeProfile();
    const memory = { value: 'divergent', explanation: 'Forgets.' } as const;
    const cognitiveAndPerceptual = { ...profile.cognitiveAndPerceptual, memory };
    const sheet = examplePerson({
      commonLabels: ['neurotypical'],
      hsnDivergence: { ...profile, cognitiveAndPerceptual },
    });
    expect(warnings(sheet)).toEqual(['character/label-contradicts-profile commonLabels']);
  });

  it('ask for explanations that were left blank', () => {
    const profile = normativeProfile();
    const stability = { functionalStability: { value: 'normative', explanation: '  ' } } as const;
    expect(warnings(examplePerson({ hsnDivergence: { ...profile, stability } }))).toEqual([
      'character/explanation-missing hsnDivergence.stability.functionalStability.explanation',
    ]);
    const size = { value: ['centimeter (cm)'], explanation: '' } as const;
    expect(
      warnings(
        exampleSheet({ dimensions: { ...snailDimensions(), size: { ...size, value: ['planetary'] } } }),
      ),
    ).toEqual(['character/explanation-missing dimensions.size.explanation']);
  });

  it('point out a sense that is described twice', () => {
    const { senses } = exampleSheet();
    const twice = senses && { ...senses, extra: [...senses.extra, ...senses.extra] };
    expect(warnings(exampleSheet({ senses: twice }))).toEqual([
      'character/sense-named-twice senses.extra.1.name',
    ]);
  });
});
