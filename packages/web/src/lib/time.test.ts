import { describe, expect, it } from 'vitest';
import { dateInWords, timeInWords, timeLeft, timeLeftInWords, untilNextChange } from './time.ts';

describe('The time that is left', () => {
  it.each([
    [600_000, '10 min left'],
    [599_000, '10 min left'],
    [121_000, '3 min left'],
    [120_000, '2:00 left'],
    [61_500, '1:02 left'],
    [9_000, '0:09 left'],
    [0, '0:00 left'],
    [-5, '0:00 left'],
  ])('of %i ms reads %s', (milliseconds, words) => {
    expect(timeLeftInWords(milliseconds)).toBe(words);
  });

  it('is shown anew no more often than it changes', () => {
    expect(untilNextChange(599_000)).toBe(59_000);
    expect(untilNextChange(600_000)).toBe(60_000);
    expect(untilNextChange(61_500)).toBe(500);
  });

  it('runs on only while the session is active', () => {
    const measured = { runtimeMs: 10_000, at: 1_000, running: true };
    expect(timeLeft(measured, 60, 6_000)).toBe(45_000);
    expect(timeLeft({ ...measured, running: false }, 60, 6_000)).toBe(50_000);
    expect(timeLeft(measured, 60, 900_000)).toBe(0);
  });
});

describe('A date', () => {
  it('is written out', () => {
    expect(dateInWords('2026-11-21T10:04:00.000Z')).toBe('21 November 2026, 10:04 UTC');
  });

  it('that is none is left out', () => {
    expect(dateInWords('soon')).toBe('');
  });
});

describe('The time that was played', () => {
  it.each([
    [0, '0:00'],
    [-1, '0:00'],
    [42_900, '0:42'],
    [3_599_999, '59:59'],
    [3_909_000, '1:05:09'],
  ])('of %i ms reads %s', (milliseconds, words) => {
    expect(timeInWords(milliseconds)).toBe(words);
  });
});
