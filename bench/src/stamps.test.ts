import { describe, expect, it } from 'vitest';
import { msSinceStamp, stamp } from './stamps.ts';

describe('a stamp', () => {
  it('is found among words, under its own name', () => {
    const text = `${stamp('first')} It waits. ${stamp('last')}`;
    const [first, last] = [msSinceStamp(text, 'first'), msSinceStamp(text, 'last')];
    if (first === null || last === null) throw new Error('A stamp was not found.');
    expect(last).toBeGreaterThanOrEqual(0);
    expect(first).toBeGreaterThanOrEqual(last - 1);
  });

  it('is not found where there is none, or only the beginning of one', () => {
    expect(msSinceStamp('It waits.', 'first')).toBeNull();
    expect(msSinceStamp('(first 12', 'first')).toBeNull();
    expect(msSinceStamp(stamp('last'), 'first')).toBeNull();
  });
});
