import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lettersOf } from './letters.ts';
import { findAnyOf, findRuns, findWholes } from './quotes.ts';

const HIDDEN = 'It has kept a brass key in the third drawer since the winter in which nobody came.';
const nothingKnown = (): string => '';

/** Any text over two letters, so that runs in common are frequent. */
const letters = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 40 });

function naiveQuote(hidden: readonly string[], text: string, length: number): boolean {
  return hidden.some((secret) =>
    Array.from({ length: Math.max(0, text.length - length + 1) }, (_, at) =>
      text.slice(at, at + length),
    ).some((run) => secret.includes(run)),
  );
}

describe('finding runs of letters', () => {
  it('finds exactly what two texts have in common, wherever it stands', () => {
    const lengths = fc.integer({ min: 2, max: 12 });
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 3 }), letters, lengths, (hidden, text, length) => {
        expect(findRuns(hidden, length).quotes(text, nothingKnown)).toBe(naiveQuote(hidden, text, length));
      }),
    );
  });

  it('sees through case, width, accents, marks, spaces and Markdown', () => {
    const disguise = fc.constantFrom(
      (text: string) => text.toUpperCase(),
      (text: string) => [...text].join(' '),
      (text: string) => [...text].join('\u200B'),
      (text: string) => text.replaceAll(/[aeiou]/g, '$&\u0301'),
      (text: string) => text.replaceAll(/\w+/g, '**$&**'),
      (text: string) => text.replaceAll(' ', ',\n> - '),
      (text: string) =>
        text.replaceAll(/[a-z]/g, (letter) => String.fromCodePoint(0xff41 + letter.charCodeAt(0) - 97)),
    );
    const finder = findRuns([HIDDEN], 32);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), disguise, fc.string(), (at, disguised, before) => {
        const text = `${before} ${disguised(HIDDEN.slice(at, at + 50))}`;
        expect(finder.quotes(lettersOf(text), nothingKnown)).toBe(true);
      }),
    );
  });

  it('takes nothing for a quotation that is too short, or in another order', () => {
    const finder = findRuns([HIDDEN], 32);
    for (const text of ['a brass key in the third', 'nobody came, and the third drawer has kept a brass key'])
      expect(finder.quotes(lettersOf(text), nothingKnown)).toBe(false);
  });

  it('takes nothing for a quotation that its reader knows', () => {
    fc.assert(
      fc.property(fc.array(letters), letters, fc.integer({ min: 2, max: 12 }), (hidden, text, length) => {
        expect(findRuns(hidden, length).quotes(text, () => text)).toBe(false);
      }),
    );
  });

  it('has doubts before it is sure, also when a text is read as it grows', () => {
    fc.assert(
      fc.property(letters, letters, fc.array(fc.nat(40)), (hidden, text, cuts) => {
        const finder = findRuns([hidden], 6);
        let from = 0;
        let isDoubtful = false;
        for (const end of [...cuts.toSorted((a, b) => a - b), text.length]) {
          const soFar = text.slice(0, Math.max(from, end));
          isDoubtful ||= finder.mayQuote(soFar, from);
          expect(isDoubtful || !finder.quotes(soFar, nothingKnown)).toBe(true);
          from = soFar.length;
        }
      }),
    );
  });

  it('asks what is known only when in doubt', () => {
    const finder = findRuns([HIDDEN], 32);
    const never = (): never => {
      throw new Error('There is no doubt.');
    };
    expect(finder.quotes(lettersOf('It turns, and puts one palm to the wall of the tunnel.'), never)).toBe(
      false,
    );
  });
});

describe('the letters of a text', () => {
  it('are those of its parts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
        expect(lettersOf(one) + lettersOf(other)).toBe(lettersOf(one + other));
      }),
    );
  });
});

describe('finding whole texts', () => {
  const finder = findWholes(['keep the tunnel dry', 'dig'], 16);

  it('finds those that are too short for a run, and no part of them', () => {
    expect(finder.quotes(lettersOf('It wants to keep the tunnel dry!'), nothingKnown)).toBe(true);
    expect(finder.quotes(lettersOf('It wants to keep the tunnel.'), nothingKnown)).toBe(false);
  });

  it('leaves out what anybody might say, and what is known', () => {
    expect(finder.quotes('dig', nothingKnown)).toBe(false);
    expect(finder.quotes('keepthetunneldry', () => 'ikeepthetunneldry')).toBe(false);
  });

  it('goes together with others', () => {
    const both = findAnyOf([findRuns([HIDDEN], 32), finder]);
    for (const text of [HIDDEN, 'keep the tunnel dry']) {
      expect(both.mayQuote(lettersOf(text))).toBe(true);
      expect(both.quotes(lettersOf(text), nothingKnown)).toBe(true);
    }
    expect(both.mayQuote('nothing')).toBe(false);
  });
});
