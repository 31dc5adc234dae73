import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formSchema } from '../form.schema.ts';
import { readForm } from '../readForm.ts';
import { parseAnswers } from './parseAnswers.ts';
import { parseDraft } from './parseDraft.ts';

const formOf = (...questions: readonly object[]) =>
  readForm(
    formSchema.parse({
      name: 'survey',
      trigger: { event: 'before-all-assignments' },
      questions: questions.map((question) => ({ prompt: 'Asked', ...question })),
    }),
  );

const form = formOf(
  { key: 'words', type: 'string', required: true, maxLength: 5 },
  { key: 'age', type: 'number', max: 9 },
  { key: 'agreed', type: 'bool', mustBe: true },
  { key: 'mail', type: 'email' },
  { key: 'one', type: 'single-choice', options: ['a', 'b'] },
  { key: 'many', type: 'multi-choice', options: ['a', 'b', 'c'] },
);

describe('a draft of answers', () => {
  it('keeps what is not yet an answer as it was typed', () => {
    const typed = { words: ' too long ', age: '12.', agreed: 'no', mail: 'ada@', one: 'b', many: ['c', 'a'] };
    expect(parseDraft(form, typed)).toEqual({ ...typed, many: ['a', 'c'] });
  });

  it('leaves out what no field could show again, and nothing else', () => {
    const given = { words: 'kept', age: [1], agreed: {}, one: 'gone', many: ['gone', 'b'], stranger: 1 };
    expect(parseDraft(form, given)).toEqual({ words: 'kept', many: ['b'] });
  });

  it('takes what a browser or a program sends otherwise as an answer would', () => {
    // A browser sends a box that was ticked alone as a word.
    expect(parseDraft(form, { many: 'b', one: ' a ' })).toEqual({ many: ['b'], one: 'a' });
    expect(parseDraft(form, { words: 12, mail: 34 })).toEqual({ words: '12', mail: '34' });
    expect(parseDraft(form, { many: '', one: null, words: null })).toEqual({});
  });

  it('is empty for what is no draft', () => {
    for (const input of [undefined, null, 'words', 5, ['words']]) expect(parseDraft(form, input)).toEqual({});
  });

  it('keeps as much of a long text as an answer may have', () => {
    const { words } = parseDraft(form, { words: 'x'.repeat(20_000) });
    expect(words).toBe('x'.repeat(10_000));
  });

  it('never exceeds the room of a form', () => {
    const texts = Array.from({ length: 30 }, (_, index) => ({ key: `text_${index}`, type: 'string' }));
    const given = Object.fromEntries(texts.map(({ key }) => [key, 'x'.repeat(10_000)]));
    expect(Object.keys(parseDraft(formOf(...texts), given))).toHaveLength(19);
  });

  it('comes to the same answers as what it was made of', () => {
    const whole = fc.record({
      words: fc.constantFrom('a', ' b\r\n', 'abcde', 'too long', 7),
      age: fc.oneof(fc.integer({ min: -9, max: 12 }), fc.constantFrom('3', '', '2.', 'x')),
      agreed: fc.constantFrom(true, false, 'yes', ''),
      one: fc.constantFrom('a', 'b', ' b '),
      many: fc.oneof(fc.subarray(['a', 'b', 'c']), fc.constantFrom('a', ' c', '')),
    });
    fc.assert(
      fc.property(whole, (given) => {
        expect(parseAnswers(form, parseDraft(form, given))).toEqual(parseAnswers(form, given));
      }),
    );
  });
});
