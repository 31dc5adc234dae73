export interface BackoffOptions {
  /** Upper bound of the first wait; it doubles each time. */
  readonly minMs: number;
  readonly maxMs: number;
  /** From 0 to 1. */
  readonly random?: () => number;
}

/** Waits with full jitter, so that the clients of a server that comes back do not all come at once. */
export interface Backoff {
  /** Milliseconds until the next attempt. */
  next(): number;
  /** After success. */
  reset(): void;
  /** Attempts since the last success. */
  readonly attempts: number;
}

export function createBackoff({ minMs, maxMs, random = Math.random }: BackoffOptions): Backoff {
  let attempts = 0;
  return {
    next: () => {
      const bound = Math.min(maxMs, minMs * 2 ** Math.min(attempts, 30));
      attempts += 1;
      return random() * bound;
    },
    reset: () => {
      attempts = 0;
    },
    get attempts() {
      return attempts;
    },
  };
}
