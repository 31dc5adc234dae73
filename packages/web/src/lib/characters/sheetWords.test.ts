import { describe, expect, it } from 'vitest';
import { answerWords, fieldWords } from './sheetWords.ts';
import { BLANK_SHEET } from './blankSheet.ts';

describe('a sheet in words', () => {
  it.each([
    ['hsnDivergence.physicalAbility.reachAndStature', 'Reach and stature'],
    ['dimensions.size', 'Size'],
    ['name', 'Name'],
  ])('calls %s %s', (path, words) => {
    expect(fieldWords(path)).toBe(words);
  });

  it('has no answers where there is no profile', () => {
    expect(answerWords(BLANK_SHEET)).toEqual([]);
  });

  it('gives the answers of a profile with their places and explanations', () => {
    const explanation = 'As a house.';
    const dimension = { value: ['meter (m)', 'kilometer (km)'], explanation };
    const answers = answerWords(
      Object.assign({}, BLANK_SHEET, { dimensions: { size: dimension }, hsnDivergence: null }),
    );
    expect(answers).toEqual([{ path: 'dimensions.size', value: 'meter (m), kilometer (km)', explanation }]);
  });
});
