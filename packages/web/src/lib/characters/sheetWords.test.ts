import { describe, expect, it } from 'vitest';
import { answerWords, fieldWords, mannerWords, senseWords } from './sheetWords.ts';
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

  it('says how much reaches each sense, those of other kinds included', () => {
    const sense = { acuity: 'none' as const };
    const common = { vision: sense, hearing: sense, touch: sense, smell: sense, taste: sense };
    const extra = [{ name: 'vibration', acuity: 'keen' as const, note: 'Steps.', cues: ['knock', 'stamp'] }];
    const senses = { ...common, proprioception: sense, text: sense, extra };
    const words = senseWords(Object.assign({}, BLANK_SHEET, { senses }));
    expect(words).toHaveLength(8);
    expect(words[0]).toEqual({ path: 'senses.vision', value: 'none', explanation: '' });
    expect(words.at(-1)).toEqual({
      path: 'senses.vibration',
      value: 'keen',
      explanation: 'Steps. (knock, stamp)',
    });
    expect(senseWords(BLANK_SHEET)).toEqual([]);
  });

  it('says how a character shows what goes on in it', () => {
    const reactions = { notices: ['turns', 'stops'], unaware: [], pleased: [], uneasy: [] };
    const manner = { calledAs: 'the oak', pronoun: 'it' as const, speech: 'none' as const, reactions };
    const rest = { understands: 'none' as const, voice: 'Rustles.', body: ['leaves'], sayings: [] };
    const words = mannerWords(Object.assign({}, BLANK_SHEET, { manner: { ...manner, ...rest } }));
    expect(words).toContainEqual({ path: 'manner.notices', value: '', explanation: 'turns · stops' });
    expect(words).toContainEqual({ path: 'manner.calledAs', value: '', explanation: 'the oak' });
    expect(mannerWords(BLANK_SHEET)).toEqual([]);
  });
});
