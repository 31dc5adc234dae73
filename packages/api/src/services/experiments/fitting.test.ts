import { describe, expect, it } from 'vitest';
import { fitting } from './fitting.ts';

describe('what fits into an answer', () => {
  it('is the first entries, up to the size that they have as JSON in UTF-8', () => {
    expect(fitting(['abc', 'def', 'ghi'], 10)).toEqual(['abc', 'def']);
    expect(fitting(['abc', 'def', 'ghi'], 15)).toEqual(['abc', 'def', 'ghi']);
    expect(fitting(['äöü', 'def'], 12)).toEqual(['äöü']);
  });

  it('is at least one entry where there is any', () => {
    expect(fitting(['much too long'], 1)).toEqual(['much too long']);
    expect(fitting([], 1)).toEqual([]);
  });
});
