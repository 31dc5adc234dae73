import type { Clock } from '@dcs/engine';

export interface RateLimiterOptions {
  readonly clock: Clock;
  /** How many may come at once. */
  readonly burst: number;
  /** How many may come in the long run. */
  readonly perSecond: number;
}

/** A token bucket for each key. Memory is bounded: full buckets are forgotten. */
export interface RateLimiter {
  /** Takes one token; `false` when there is none. */
  take(key: string): boolean;
}

interface Bucket {
  tokens: number;
  at: number;
}

const SWEEP_ABOVE = 10_000;

export function createRateLimiter({ clock, burst, perSecond }: RateLimiterOptions): RateLimiter {
  const buckets = new Map<string, Bucket>();

  function filled(bucket: Bucket, now: number): number {
    return Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond);
  }

  function sweep(now: number): void {
    for (const [key, bucket] of buckets) if (filled(bucket, now) >= burst) buckets.delete(key);
  }

  return {
    take: (key) => {
      const now = clock.now();
      if (buckets.size > SWEEP_ABOVE) sweep(now);
      const bucket = buckets.get(key) ?? { tokens: burst, at: now };
      const tokens = filled(bucket, now);
      buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
      return tokens >= 1;
    },
  };
}
