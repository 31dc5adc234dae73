import { describe, expect, it } from 'vitest';
import { expertiseMatcher } from './expertise.ts';

const matcher = expertiseMatcher(
  new Map<string, readonly string[]>([
    ['DEA', ['human', 'deaf', 'hard of hearing', 'sign language user']],
    ['BLI', ['human', 'low vision']],
    ['KAT', ['human', 'ADHD', 'attention regulation divergence']],
    ['SEN', ['human', 'sensory divergence', 'highly sensitive person (hsp)']],
    ['TIM', ['human', 'time blindness', 'or']],
    ['GOD', ['god-like entity', 'human or other']],
    ...Array.from({ length: 14 }, (_, index) => [`X${index}`, ['human', 'machine']] as [string, string[]]),
  ]),
);

const known = (text: string): readonly string[] =>
  ['DEA', 'BLI', 'KAT', 'SEN', 'TIM', 'GOD'].filter((hid) => matcher.matches(matcher.tokensOf(text), hid));

describe('what somebody knows about', () => {
  it('is a character whose label they say whole, whatever the case and punctuation', () => {
    expect(known('I teach people with LOW-vision')).toEqual(['BLI']);
    expect(known('hard of hearing')).toEqual(['DEA']);
    expect(known('highly sensitive person (HSP)')).toEqual(['SEN']);
  });

  it('is a character in whose labels there is a rare word that they say', () => {
    expect(known('Ten years in a school for deaf children')).toEqual(['DEA']);
    expect(known('adhd; blindness')).toEqual(['KAT', 'TIM']);
  });

  it.each([
    'or',
    'human',
    'time',
    'I have time for human beings, or others',
    'a person like any other',
    'of',
    '',
  ])('is nobody because of such words as in "%s"', (text) => {
    expect(matcher.tokensOf(text)).toEqual([]);
  });

  it('is nobody because of a word that many characters have in their labels', () => {
    const common = expertiseMatcher(
      new Map(Array.from({ length: 20 }, (_, index) => [`C${index}`, [`sort${index} divergence`]])),
    );
    expect(common.tokensOf('divergence')).toEqual([]);
    expect(common.tokensOf('sort3 divergence')).toEqual(['sort3 divergence', 'sort3']);
  });

  it('is not found inside of other words', () => {
    expect(known('deafening, godlike, unlow visions')).toEqual([]);
  });

  it('is kept as nothing but words of labels', () => {
    expect(matcher.tokensOf('My sister Ines Vidal is hard of hearing')).toEqual([
      'hard of hearing',
      'hearing',
    ]);
  });

  it('is not lost when it is matched again from what was kept', () => {
    const kept = matcher.tokensOf('sign language and attention regulation divergence');
    expect(['DEA', 'KAT', 'BLI'].map((hid) => matcher.matches(kept, hid))).toEqual([true, true, false]);
    expect(matcher.matches(kept, 'nobody')).toBe(false);
  });
});
