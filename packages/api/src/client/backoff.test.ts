import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBackoff } from './backoff.ts';

describe('createBackoff', () => {
  it('waits anywhere up to a bound that doubles to its limit', () => {
    const backoff = createBackoff({ minMs: 100, maxMs: 1_000, random: () => 1 });
    expect([1, 2, 3, 4, 5, 6].map(() => backoff.next())).toEqual([100, 200, 400, 800, 1_000, 1_000]);
    backoff.reset();
    expect(backoff.next()).toBe(100);
  });

  it('never exceeds its limit, however often it fails', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, luck) => {
        const backoff = createBackoff({ minMs: 100, maxMs: 10_000, random: () => luck });
        for (let attempt = 0; attempt < attempts; attempt += 1) backoff.next();
        const wait = backoff.next();
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(10_000);
      }),
    );
  });
});

describe('a crowd of clients', () => {
  it('comes back spread over the whole of each wait, never in a wave', () => {
    const crowd = Array.from({ length: 2_000 }, () => createBackoff({ minMs: 250, maxMs: 10_000 }));
    for (const bound of [250, 500, 1_000, 2_000, 4_000, 8_000, 10_000]) {
      const waits = crowd.map((backoff) => backoff.next());
      const perTenth = Array.from(
        { length: 10 },
        (_none, tenth) => waits.filter((wait) => Math.floor((wait / bound) * 10) === tenth).length,
      );
      // 200 are expected in each tenth; beyond 320 would be a wave (more than eight standard deviations).
      expect(Math.max(...perTenth)).toBeLessThan(320);
      expect(Math.min(...perTenth)).toBeGreaterThan(80);
      expect(perTenth.reduce((sum, count) => sum + count, 0)).toBe(crowd.length);
    }
  });
});
