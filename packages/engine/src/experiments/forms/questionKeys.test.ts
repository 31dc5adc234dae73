import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { questionKeySchema } from './form.schema.ts';
import { questionKeys } from './questionKeys.ts';

const keysOf = (...questions: readonly { key?: string; prompt: string }[]): readonly string[] =>
  questionKeys(
    'survey',
    questions.map((question) => ({ ...question, required: false })),
  );

describe('the keys of questions', () => {
  it('are those that the file gives', () => {
    expect(keysOf({ key: 'how_sure', prompt: 'How sure are you?' })).toEqual(['how_sure']);
  });

  it('are made of the first line of the prompt, in snake case, without marks and accents', () => {
    expect(keysOf({ prompt: '\n**How *sure* are you?**\nTell us more.' })).toEqual(['how_sure_are_you']);
    expect(keysOf({ prompt: 'Où vivez-vous?' })).toEqual(['ou_vivez_vous']);
  });

  it('leave out the number of a numbered prompt and never begin with a digit', () => {
    expect(keysOf({ prompt: '1. Your age' })).toEqual(['your_age']);
    expect(keysOf({ prompt: '2nd language' })).toEqual(['q_2nd_language']);
  });

  it('fall back on the form and the position where the prompt gives no word', () => {
    expect(keysOf({ prompt: 'Age' }, { prompt: '何歳ですか' }, { prompt: '100 %' })).toEqual([
      'age',
      'survey_question_2',
      'survey_question_3',
    ]);
  });

  it('get the position of their question where they would be there twice', () => {
    expect(keysOf({ prompt: 'Why?' }, { prompt: 'Age' }, { prompt: 'Why?' }, { prompt: 'Why?' })).toEqual([
      'why',
      'age',
      'why_3',
      'why_4',
    ]);
  });

  it('never take a key that the file gives to a question further down', () => {
    expect(keysOf({ prompt: 'Why?' }, { key: 'why', prompt: 'And why that?' })).toEqual(['why_1', 'why']);
    expect(keysOf({ prompt: 'Why?' }, { prompt: 'Why?' }, { key: 'why_2', prompt: 'Why not?' })).toEqual([
      'why',
      'why_3',
      'why_2',
    ]);
  });

  it('are keys, and no two of a form the same, whatever the prompts say', () => {
    const prompts = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('A', 'a?', 'a 2')));
    fc.assert(
      fc.property(prompts, (texts) => {
        const keys = keysOf(...texts.map((prompt) => ({ prompt })));
        expect(new Set(keys).size).toBe(texts.length);
        for (const key of keys) expect(questionKeySchema.safeParse(key)).toMatchObject({ success: true });
      }),
    );
  });

  it('stay within the length of a key for the longest prompts', () => {
    const long = 'Would you '.repeat(40);
    for (const key of keysOf({ prompt: long }, { prompt: long })) {
      expect(questionKeySchema.safeParse(key).success).toBe(true);
    }
  });
});
