import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateLimiter } from './rateLimiter.ts';

const TAKEN = 0;

describe('createRateLimiter', () => {
  it('lets a burst through, then as many as flow in', () => {
    let now = 0;
    const limiter = createRateLimiter({ clock: { now: () => now }, burst: 3, perSecond: 1 });
    expect([1, 2, 3, 4].map(() => limiter.take('a'))).toEqual([TAKEN, TAKEN, TAKEN, 1_000]);
    now = 999;
    expect(limiter.take('a')).toBe(1);
    now = 2_000;
    expect([1, 2, 3].map(() => limiter.take('a'))).toEqual([TAKEN, TAKEN, 1_000]);
  });

  it('says truly how long to wait', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.double({ min: 0.1, max: 1_000, noNaN: true }),
        fc.array(fc.nat({ max: 2_000 }), { maxLength: 50 }),
        (burst, perSecond, pauses) => {
          let now = 0;
          let refusals = 0;
          const limiter = createRateLimiter({ clock: { now: () => now }, burst, perSecond });
          for (const pause of pauses) {
            const wait = limiter.take('a');
            now += wait;
            // Whoever has waited as long as they were told is served, whatever came before.
            if (wait > 0) refusals += limiter.take('a') === TAKEN ? 0 : 1;
            now += pause;
          }
          expect(refusals).toBe(0);
        },
      ),
    );
  });

  it('counts each key on its own', () => {
    const limiter = createRateLimiter({ clock: { now: () => 0 }, burst: 1, perSecond: 1 });
    expect([limiter.take('a'), limiter.take('b'), limiter.take('a')]).toEqual([TAKEN, TAKEN, 1_000]);
  });

  it('survives a clock that steps back', () => {
    let now = 10_000;
    const limiter = createRateLimiter({ clock: { now: () => now }, burst: 1, perSecond: 1 });
    limiter.take('a');
    now = 0;
    expect(limiter.take('a')).toBe(1_000);
    now = 1_000;
    expect(limiter.take('a')).toBe(TAKEN);
  });

  it('remembers a used bucket however many other keys come along', () => {
    let now = 0;
    const limiter = createRateLimiter({ clock: { now: () => now }, burst: 1, perSecond: 0.001 });
    limiter.take('a');
    for (let key = 0; key < 20_000; key += 1) limiter.take(`other ${key}`);
    now = 5_000;
    expect(limiter.take('a')).toBeGreaterThan(0);
  });
});
