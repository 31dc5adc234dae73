import { describe, expect, it } from 'vitest';
import { amountInWords, failureInWords } from './modelWords.ts';

describe('The page of models', () => {
  it('says what went wrong, and shows as it is what it does not know', () => {
    expect(failureInWords('model/timeout')).toBe('Took too long');
    for (const reason of ['model/new', 'constructor']) expect(failureInWords(reason)).toBe(reason);
  });

  it('says what is limited with its unit', () => {
    expect(amountInWords(50_000, 'tokens')).toBe('50,000 tokens');
    expect(amountInWords(2, 'dollars')).toBe('$2.00');
    expect(amountInWords(90.4, 'seconds')).toBe('90 s');
  });
});
