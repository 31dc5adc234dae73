import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable, printableJson } from './printable.ts';

describe('printable', () => {
  it.each([
    ['colours and titles', '\u001B[31mred\u001B[0m \u001B]0;title\u0007end', 'red end'],
    ['a line that is not ours', 'ok\n0 errors', 'ok 0 errors'],
    ['carriage returns and backspaces', 'secret\r\b\bsafe', 'secret safe'],
    ['turned text', 'a\u202Egnp.exe', 'a gnp.exe'],
    ['C1 controls', 'x\u009B31my', 'xy'],
  ])('takes out %s', (_what, given, shown) => {
    expect(printable(given)).toBe(shown);
  });

  it.each(['Grüße, 日本語', 'שלום', '👩‍🚀 🏳️‍🌈', '  indented'])('leaves writing alone: %s', (text) => {
    expect(printable(text)).toBe(text);
  });

  it('gives one line without control characters, whatever it gets', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

describe('printableJson', () => {
  it('loses nothing and prints no control characters', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })), (value) => {
        const text = printableJson({ ...value });
        expect(JSON.parse(text)).toEqual({ ...value });
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
      }),
    );
  });
});
