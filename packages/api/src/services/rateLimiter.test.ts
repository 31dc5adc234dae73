import { describe, expect, it } from 'vitest';
import { createRateLimiter } from './rateLimiter.ts';

describe('createRateLimiter', () => {
  it('lets a burst through, then as many as flow in', () => {
    let now = 0;
    const limiter = createRateLimiter({ clock: { now: () => now }, burst: 3, perSecond: 1 });
    expect([1, 2, 3, 4].map(() => limiter.take('a'))).toEqual([true, true, true, false]);
    now = 999;
    expect(limiter.take('a')).toBe(false);
    now = 2_000;
    expect([1, 2, 3].map(() => limiter.take('a'))).toEqual([true, true, false]);
  });

  it('counts each key on its own', () => {
    const limiter = createRateLimiter({ clock: { now: () => 0 }, burst: 1, perSecond: 1 });
    expect([limiter.take('a'), limiter.take('b'), limiter.take('a')]).toEqual([true, true, false]);
  });

  it('survives a clock that steps back', () => {
    let now = 10_000;
    const limiter = createRateLimiter({ clock: { now: () => now }, burst: 1, perSecond: 1 });
    limiter.take('a');
    now = 0;
    expect(limiter.take('a')).toBe(false);
    now = 1_000;
    expect(limiter.take('a')).toBe(true);
  });
});
