import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOfPrompt, hashOfTexts } from './promptHash.ts';

describe('the hash of a prompt', () => {
  it('is the same for the same texts, and another for any others', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 6 }), { maxLength: 4 });
    fc.assert(
      fc.property(texts, texts, (some, others) => {
        const areSame = JSON.stringify(some) === JSON.stringify(others);
        expect(hashOfTexts(some) === hashOfTexts(others)).toBe(areSame);
      }),
    );
  });

  it('tells what one person said from what two said', () => {
    const said = (...contents: readonly string[]) =>
      hashOfPrompt({ system: '', messages: contents.map((content) => ({ role: 'user', content })) });
    expect(said('Good morning.')).not.toBe(said('Good ', 'morning.'));
    expect(said('Good morning.')).toMatch(/^[0-9a-f]{64}$/);
  });
});
