import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formSchema } from '../form.schema.ts';
import { readForm } from '../readForm.ts';
import { parseAnswers } from './parseAnswers.ts';

const formOf = (...questions: readonly object[]) =>
  readForm(
    formSchema.parse({
      name: 'survey',
      trigger: { event: 'before-all-assignments' },
      questions: questions.map((question) => ({ prompt: 'Asked', ...question })),
    }),
  );

/** What `given` becomes as the answer to one question: its normal form, or the reason why it is none. */
function answerTo(question: object, given?: unknown): unknown {
  const form = formOf({ key: 'asked', ...question });
  const parsed = parseAnswers(form, given === undefined ? {} : { asked: given });
  return parsed.ok ? parsed.answers['asked'] : `! ${parsed.problems.map(({ reason }) => reason).join(', ')}`;
}

const REQUIRED = '! answer/required';

describe('answers in words', () => {
  it('are trimmed and have one kind of line break', () => {
    expect(answerTo({ type: 'string' }, '  two\r\nlines\r ')).toBe('two\nlines');
    expect(answerTo({ type: 'string' }, 7)).toBe('7');
  });

  it('are empty where nothing was said, unless something has to be', () => {
    for (const nothing of [undefined, null, '', ' \n ']) {
      expect(answerTo({ type: 'string', minLength: 5 }, nothing)).toBe('');
      expect(answerTo({ type: 'string', required: true }, nothing)).toBe(REQUIRED);
      expect(answerTo({ type: 'email' }, nothing)).toBe('');
    }
  });

  it('keep to their length, counted without what surrounds them', () => {
    const question = { type: 'string', minLength: 2, maxLength: 3 };
    expect(answerTo(question, ' a ')).toBe('! answer/too-short');
    expect(answerTo(question, ' abc ')).toBe('abc');
    expect(answerTo(question, 'abcd')).toBe('! answer/too-long');
    expect(answerTo({ type: 'string' }, 'x'.repeat(10_001))).toBe('! answer/too-long');
  });

  it('hold no control characters and no halves of characters', () => {
    expect(answerTo({ type: 'string' }, 'a\u0000b')).toBe('! answer/unreadable');
    expect(answerTo({ type: 'string' }, 'a\uD800b')).toBe('! answer/unreadable');
    expect(answerTo({ type: 'string' }, 'a\tb 👩‍🚀')).toBe('a\tb 👩‍🚀');
  });

  it('are no lists, groups or truths', () => {
    for (const given of [['a'], { a: 1 }, true]) {
      expect(answerTo({ type: 'string' }, given)).toBe('! answer/wrong-kind');
    }
  });

  it.each([
    ['date', '2028-02-29', '2027-02-29'],
    ['time', '23:59', '24:00'],
    ['url', 'https://example.org/a?b', 'javascript:alert(1)'],
    ['word', 'heron', 'grey heron'],
  ])('keep the format %s', (format, good, bad) => {
    expect(answerTo({ type: 'string', format }, good)).toBe(good);
    expect(answerTo({ type: 'string', format }, bad)).toBe('! answer/wrong-format');
  });

  it('are addresses and numbers that can be used where such are asked for', () => {
    expect(answerTo({ type: 'email' }, ' ada@example.org ')).toBe('ada@example.org');
    expect(answerTo({ type: 'email' }, 'ada at example')).toBe('! answer/wrong-format');
    expect(answerTo({ type: 'phone' }, '+49 (0)30 / 123-4567')).toBe('+49 (0)30 / 123-4567');
    for (const bad of ['12345', '1234567890123456', '555-CALL-NOW', '12 + 34567']) {
      expect(answerTo({ type: 'phone' }, bad)).toBe('! answer/wrong-format');
    }
  });
});

describe('numbers', () => {
  it('are kept as numbers, and read from what was written', () => {
    expect(answerTo({ type: 'number' }, 2.5)).toBe(2.5);
    expect(answerTo({ type: 'number' }, ' 3 ')).toBe(3);
    expect(answerTo({ type: 'number' }, '-2.50')).toBe(-2.5);
    expect(answerTo({ type: 'number' }, '-0')).toBe(0);
    expect(answerTo({ type: 'number' }, '2,5')).toBe(2.5);
  });

  it('are nothing where nothing was said, unless there has to be one', () => {
    expect(answerTo({ type: 'number' }, ' ')).toBeNull();
    expect(answerTo({ type: 'number', required: true }, ' ')).toBe(REQUIRED);
  });

  it('are no truths, words or endless digits', () => {
    for (const given of [
      true,
      'three',
      '1e3',
      '1,000',
      '1,0,0',
      '0x10',
      Number.NaN,
      Number.POSITIVE_INFINITY,
      '9'.repeat(16),
    ]) {
      expect(answerTo({ type: 'number' }, given)).toBe('! answer/not-a-number');
    }
  });

  it('keep to their range and are whole where they have to be', () => {
    const scale = { type: 'number', min: 1, max: 7, labels: ['low', 'high'] };
    expect(answerTo(scale, '7')).toBe(7);
    expect(answerTo(scale, '7.0')).toBe(7);
    expect(answerTo(scale, '0')).toBe('! answer/too-small');
    expect(answerTo(scale, 8)).toBe('! answer/too-big');
    expect(answerTo(scale, 3.5)).toBe('! answer/not-whole');
    expect(answerTo({ type: 'number', format: 'integer' }, '3.5')).toBe('! answer/not-whole');
  });
});

describe('yes or no', () => {
  it('is said in several ways', () => {
    for (const yes of [true, 'true', 1, '1', 'YES', ' on '])
      expect(answerTo({ type: 'bool' }, yes)).toBe(true);
    for (const no of [false, 'false', 0, '0', 'No', 'off'])
      expect(answerTo({ type: 'bool' }, no)).toBe(false);
    for (const neither of ['maybe', 2, ['yes']]) {
      expect(answerTo({ type: 'bool' }, neither)).toBe('! answer/not-yes-or-no');
    }
  });

  it('is no where nothing was said, unless one has to say', () => {
    expect(answerTo({ type: 'bool' })).toBe(false);
    expect(answerTo({ type: 'bool', required: true })).toBe(REQUIRED);
    expect(answerTo({ type: 'bool', required: true }, false)).toBe(false);
  });

  it('lets nobody go on with the other answer where only one will do', () => {
    const consent = { type: 'bool', mustBe: true };
    expect(answerTo(consent)).toBe(REQUIRED);
    expect(answerTo(consent, 'no')).toBe('! answer/must-be');
    expect(answerTo(consent, 'on')).toBe(true);
    expect(answerTo({ type: 'bool', mustBe: false }, 'yes')).toBe('! answer/must-be');
  });
});

describe('choices', () => {
  const options = ['1', 'two', 'three'];

  it('are among the options', () => {
    const single = { type: 'single-choice', options };
    expect(answerTo(single, 'two')).toBe('two');
    expect(answerTo(single, 1)).toBe('1');
    expect(answerTo(single, '')).toBe('');
    expect(answerTo({ ...single, required: true }, '')).toBe(REQUIRED);
    for (const stranger of ['four', 'Two', ['two'], 'toString']) {
      expect(answerTo(single, stranger)).toBe('! answer/not-an-option');
    }
  });

  it('are several, each once, without blanks; a single one counts as a list', () => {
    const multi = { type: 'multi-choice', options };
    expect(answerTo(multi, ['three', '', 1, null, 'three'])).toEqual(['three', '1']);
    expect(answerTo(multi, 'two')).toEqual(['two']);
    expect(answerTo(multi)).toEqual([]);
    expect(answerTo({ ...multi, required: true }, ['', ' '])).toBe(REQUIRED);
    expect(answerTo(multi, ['two', 'four'])).toBe('! answer/not-an-option');
  });

  it('are as many as may be, where any are made', () => {
    const multi = { type: 'multi-choice', options, minChoices: 2, maxChoices: 2 };
    expect(answerTo(multi, [])).toEqual([]);
    expect(answerTo(multi, ['two'])).toBe('! answer/too-few-choices');
    expect(answerTo(multi, ['two', 'two'])).toBe('! answer/too-few-choices');
    expect(answerTo(multi, options)).toBe('! answer/too-many-choices');
    expect(answerTo(multi, ['two', '1'])).toEqual(['two', '1']);
  });
});

describe('the answers to a form', () => {
  const form = formOf(
    { prompt: 'Read this.' },
    { key: 'age', type: 'number', required: true },
    { key: 'mail', type: 'email' },
    { key: 'consent', type: 'bool', mustBe: true },
  );

  it('are one for each question that is asked, and none for texts to read', () => {
    expect(parseAnswers(form, { consent: 'on', age: '30' })).toEqual({
      ok: true,
      answers: { age: 30, mail: '', consent: true },
    });
  });

  it('are refused with all that is wrong, each at its question', () => {
    const parsed = parseAnswers(form, { mail: 'nowhere', consent: false, read_this: 'x', more: 1 });
    expect(parsed).toMatchObject({
      ok: false,
      problems: [
        { key: 'age', reason: 'answer/required', message: 'Please answer this question.' },
        { key: 'mail', reason: 'answer/wrong-format' },
        { key: 'consent', reason: 'answer/must-be' },
        { key: 'read_this', reason: 'answer/unknown-question' },
        { key: 'more', reason: 'answer/unknown-question' },
      ],
    });
  });

  it('are no lists or words, and no more than a form has room for', () => {
    for (const input of [undefined, null, 'age', 5, [1]]) {
      expect(parseAnswers(form, input)).toMatchObject({
        problems: [{ key: '', reason: 'answer/no-answers' }],
      });
    }
    const most = { age: 'x'.repeat(200_001) };
    expect(parseAnswers(form, most)).toMatchObject({ problems: [{ key: '', reason: 'answer/too-much' }] });
  });

  it('name no more strangers than somebody can mend', () => {
    const strangers = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`q${index}`, 1]));
    const parsed = parseAnswers(form, { ...strangers, age: 1, consent: true });
    expect(parsed.ok ? 0 : parsed.problems.length).toBe(20);
  });

  const everyType = formOf(
    { key: 'words', type: 'string', maxLength: 20 },
    { key: 'constructor', type: 'number' },
    { key: 'agreed', type: 'bool' },
    { key: 'mail', type: 'email' },
    { key: 'one', type: 'single-choice', options: ['a', 'b'] },
    { key: 'many', type: 'multi-choice', options: ['a', 'b', 'c'] },
  );
  const word = fc.oneof(fc.string(), fc.constantFrom('a', 'b', 'yes', '2.5', 'ada@example.org', '\r\n'));
  const value = fc.oneof(word, fc.double(), fc.boolean(), fc.array(word), fc.jsonValue());
  const input = fc.record(
    { words: value, constructor: value, agreed: value, mail: value, one: value, many: value },
    { requiredKeys: [] },
  );

  it('in their normal form are their own normal form, whatever was sent', () => {
    fc.assert(
      fc.property(input, (given) => {
        const parsed = parseAnswers(everyType, given);
        if (!parsed.ok) return;
        expect(parseAnswers(everyType, parsed.answers)).toEqual(parsed);
      }),
    );
  });

  it('never throw, and name problems only at questions of the form', () => {
    const keys = ['words', 'constructor', 'agreed', 'mail', 'one', 'many'];
    fc.assert(
      fc.property(input, (given) => {
        const parsed = parseAnswers(everyType, given);
        const named = parsed.ok ? [] : parsed.problems.map(({ key }) => key);
        expect(named.filter((key) => !keys.includes(key))).toEqual([]);
      }),
    );
  });
});
