import { describe, expect, it } from 'vitest';
import { countInWords, dollarsInWords, percentInWords, percentOf, secondsInWords } from './figures.ts';

describe('Figures', () => {
  it.each([
    [0, '$0.00'],
    [0.00416, '$0.0042'],
    [12.345, '$12.35'],
    [1234.5, '$1,234.50'],
  ])('show %d dollars as %s', (dollars, words) => {
    expect(dollarsInWords(dollars)).toBe(words);
  });

  it('show counts, times and parts with the digits that mean something', () => {
    expect(countInWords(12_345)).toBe('12,345');
    expect([420, 9_994, 12_345].map(secondsInWords)).toEqual(['0.42 s', '9.99 s', '12.3 s']);
    expect([0, 0.4, 49.6, 100].map(percentInWords)).toEqual(['0 %', '< 1 %', '50 %', '100 %']);
    expect([percentOf(1, 4), percentOf(3, 0), percentOf(6, 4)]).toEqual([25, 0, 150]);
  });
});
