import { describe, expect, it } from 'vitest';
import { median, quantile, spread, summariseLatencies } from './statistics.ts';

describe('a quantile', () => {
  it('is a value that was measured, whatever the order', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(quantile(values, 0.5)).toBe(50);
    expect(quantile(values, 0.99)).toBe(99);
    expect(quantile(values, 1)).toBe(100);
    expect(quantile([7], 0.99)).toBe(7);
  });

  it('of nothing is an error and not a zero', () => {
    expect(() => quantile([], 0.5)).toThrow('Nothing was measured');
  });
});

describe('the median of some rounds', () => {
  it('is the middle one, or lies between the two in the middle', () => {
    expect(median([30, 10, 20])).toBe(20);
    expect(median([10, 40, 20, 30])).toBe(25);
  });

  it('stands between the least and the greatest', () => {
    expect(spread([30, 10, 20])).toEqual([10, 30]);
  });
});

describe('latencies', () => {
  it('are told by their percentiles, and the input stays as it was', () => {
    const latencies = [5, 1, 4, 2, 3];
    expect(summariseLatencies(latencies)).toEqual({ p50Ms: 3, p90Ms: 5, p99Ms: 5, maxMs: 5 });
    expect(latencies).toEqual([5, 1, 4, 2, 3]);
  });
});
