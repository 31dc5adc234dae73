import { describe, expect, it } from 'vitest';
import { examplePerson, exampleSheet, normativeProfile, snailDimensions } from '../testing/exampleSheet.ts';
import { divergenceOf } from './divergence.ts';

const profile = normativeProfile();
const divergent = { value: 'divergent', explanation: 'It does not hold.' } as const;
const blind = examplePerson({
  hsnDivergence: { ...profile, physicalAbility: { ...profile.physicalAbility, vision: divergent } },
});

describe('the divergence of two characters', () => {
  it('adds 2 for each assumption that holds for one person and not for the other', () => {
    expect(divergenceOf(examplePerson(), blind)).toEqual({
      score: 2,
      compared: 28,
      differences: [
        {
          path: ['hsnDivergence', 'physicalAbility', 'vision'],
          left: ['normative'],
          right: ['divergent'],
          points: 2,
        },
      ],
    });
  });

  it('is 0 for two who answer alike, however they explain it', () => {
    const stability = { functionalStability: { value: 'normative', explanation: 'Always so.' } } as const;
    const other = examplePerson({ hid: 'TWO', hsnDivergence: { ...profile, stability } });
    expect(divergenceOf(examplePerson(), other)).toEqual({ score: 0, compared: 28, differences: [] });
  });

  it('is the same in both directions', () => {
    expect(divergenceOf(blind, examplePerson()).score).toBe(divergenceOf(examplePerson(), blind).score);
  });

  it('compares minds that are not human by their dimensions: 2 for nothing in common, 1 for a part', () => {
    const dimensions = {
      ...snailDimensions(),
      form: { value: ['non-humanoid' as const], explanation: '' },
      size: { value: ['planetary' as const], explanation: '' },
    };
    const { score, compared, differences } = divergenceOf(exampleSheet(), exampleSheet({ dimensions }));
    expect({ score, compared }).toEqual({ score: 3, compared: 9 });
    expect(differences.map(({ path, points }) => [path.join('.'), points])).toEqual([
      ['dimensions.form', 1],
      ['dimensions.size', 2],
    ]);
  });

  it('does not mind in which order options were chosen', () => {
    const dimensions = {
      ...snailDimensions(),
      form: { value: ['embodied (physical)' as const, 'non-humanoid' as const], explanation: '' },
    };
    expect(divergenceOf(exampleSheet(), exampleSheet({ dimensions })).score).toBe(0);
  });

  it('is not known, rather than 0, for two whose profiles have nothing in common', () => {
    const unknown = { score: null, compared: 0, differences: [] };
    expect(divergenceOf(exampleSheet(), examplePerson())).toEqual(unknown);
    expect(divergenceOf(examplePerson({ hsnDivergence: null }), examplePerson())).toEqual(unknown);
  });
});
