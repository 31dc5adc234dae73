import type { Clock } from '@dcs/engine';

/** How often something may happen. */
export interface Rate {
  /** How many may come at once. */
  readonly burst: number;
  /** How many may come in the long run. */
  readonly perSecond: number;
}

/** Forgives what adding fractions loses, so that whoever waited as long as they were told is served. */
const EPSILON = 1e-6;

/** A bucket of tokens that fills by itself. */
export interface TokenBucket {
  /** Takes one token and says 0; or, when there is none, how many milliseconds it takes until there is one. */
  take(now: number): number;
  isFull(now: number): boolean;
}

export function createTokenBucket({ burst, perSecond }: Rate, start: number): TokenBucket {
  let tokens = burst;
  let at = start;

  function fill(now: number): void {
    tokens = Math.min(burst, tokens + (Math.max(0, now - at) / 1000) * perSecond);
    at = now;
  }

  return {
    take: (now) => {
      fill(now);
      if (tokens < 1 - EPSILON) return Math.max(1, Math.ceil(((1 - EPSILON - tokens) / perSecond) * 1000));
      tokens = Math.max(0, tokens - 1);
      return 0;
    },
    isFull: (now) => {
      fill(now);
      return tokens >= burst;
    },
  };
}

/** A bucket of tokens for each key. Memory is bounded by the rate: full buckets are forgotten. */
export interface RateLimiter {
  /** Takes one token of the key and says 0; or, when there is none, the milliseconds until there is one. */
  take(key: string): number;
}

const SWEEP_ABOVE = 10_000;
/** So that a crowd of keys whose buckets are not full yet does not cost a sweep with every call. */
const SWEEP_EVERY_MS = 1_000;

export function createRateLimiter({ clock, ...rate }: Rate & { readonly clock: Clock }): RateLimiter {
  const buckets = new Map<string, TokenBucket>();
  let sweptAt = 0;

  function sweep(now: number): void {
    if (buckets.size <= SWEEP_ABOVE || Math.abs(now - sweptAt) < SWEEP_EVERY_MS) return;
    sweptAt = now;
    for (const [key, bucket] of buckets) if (bucket.isFull(now)) buckets.delete(key);
  }

  return {
    take: (key) => {
      const now = clock.now();
      sweep(now);
      const known = buckets.get(key);
      if (known !== undefined) return known.take(now);
      const bucket = createTokenBucket(rate, now);
      buckets.set(key, bucket);
      return bucket.take(now);
    },
  };
}
