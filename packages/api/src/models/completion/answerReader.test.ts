import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnswerReader } from './answerReader.ts';
import { ProviderRefusal } from './providerRefusal.ts';

const STREAM = 'text/event-stream; charset=utf-8';

const event = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`;
const piece = (delta: object, rest: object = {}): string =>
  event({ choices: [{ index: 0, delta, ...rest }] });
const over = piece({}, { finish_reason: 'stop' });

function read(contentType: string, ...texts: readonly string[]) {
  const seen: string[] = [];
  const reader = createAnswerReader(contentType, (textSoFar) => seen.push(textSoFar));
  for (const text of texts) reader.feed(text);
  return { answer: reader.end(), seen };
}

const answered = (content: string, rest: object = {}) => ({
  choices: [{ message: { content, refusal: null }, finish_reason: 'stop' }],
  ...rest,
});

describe('an answer that comes as a stream', () => {
  it('is told as it grows, and is whole at the end, wherever its bytes were divided', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, unit: 'grapheme' }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(), { maxLength: 8 }),
        (words, cuts) => {
          const usage = { prompt_tokens: 5, completion_tokens: 2 };
          const whole = [
            ': a comment\n\n',
            ...words.map((content) => piece({ content })),
            over,
            event({ choices: [], usage }),
            'data: [DONE]\n\n',
          ].join('');
          const places = cuts.map((cut) => cut % whole.length).toSorted((a, b) => a - b);
          const texts = [0, ...places].map((from, index) => whole.slice(from, places[index]));
          const { answer, seen } = read(STREAM, ...texts);
          expect(answer).toEqual(answered(words.join(''), { usage }));
          expect(seen).toEqual(words.map((_word, index) => words.slice(0, index + 1).join('')));
        },
      ),
    );
  });

  it('leaves out what the model thinks before it answers', () => {
    const thoughts = { type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] };
    const { answer, seen } = read(
      STREAM,
      piece({ reasoning_content: 'Well. ' }),
      piece({ content: [thoughts, { type: 'text', text: 'It opens.' }] }),
      over,
    );
    expect(answer).toMatchObject(answered('It opens.'));
    expect(seen).toEqual(['It opens.']);
  });

  it('shows nothing of how a model refuses', () => {
    const { answer, seen } = read(STREAM, piece({ content: null, refusal: 'I will not.' }), over);
    expect(answer).toMatchObject({ choices: [{ message: { content: '', refusal: 'I will not.' } }] });
    expect(seen).toEqual([]);
  });

  it('is no refusal where a server says that there is none in a way of its own', () => {
    const { answer } = read(STREAM, piece({ content: 'It opens.', refusal: false }), over);
    expect(answer).toMatchObject(answered('It opens.'));
  });

  it('fails with the status that the provider tells in the middle of it', () => {
    const told = event({ error: { code: '429', message: 'Too many.' }, choices: [] });
    expect(() => read(STREAM, piece({ content: 'It ' }), told)).toThrow(new ProviderRefusal(429, null));
  });

  it('fails with what the provider tells when that is no status', () => {
    const told = { message: 'Out of memory.' };
    expect(() => read(STREAM, event({ error: told }))).toThrow(
      expect.objectContaining({ message: 'The provider tells of a failure.', cause: told }),
    );
  });

  it.each<[string, string]>([
    ['it ends before the model says that it is over', piece({ content: 'It ' })],
    ['it holds no JSON', 'data: {"choices": [}\n\n'],
    ['it holds something else', event({ choices: 'none' })],
    ['a line of it has no end', `data: ${'on and '.repeat(200_000)}`],
    ['it is empty', ''],
  ])('fails when %s', (_when, text) => {
    expect(() => read(STREAM, text)).toThrow(Error);
  });
});

describe('an answer that comes in one piece', () => {
  const JSON_TYPE = 'application/json';

  it('is told at its end', () => {
    const whole = { ...answered('It opens.'), usage: { prompt_tokens: 5 } };
    const text = JSON.stringify(whole);
    const { answer, seen } = read(JSON_TYPE, text.slice(0, 20), text.slice(20));
    expect(answer).toEqual(whole);
    expect(seen).toEqual(['It opens.']);
  });

  it('fails with the status that it tells', () => {
    const told = JSON.stringify({ error: { code: 503, message: 'Busy.' } });
    expect(() => read(JSON_TYPE, told)).toThrow(new ProviderRefusal(503, null));
  });

  it.each(['', 'Not found', '[]'])('fails when it is %o', (text) => {
    expect(() => read(JSON_TYPE, text)).toThrow(Error);
  });
});
