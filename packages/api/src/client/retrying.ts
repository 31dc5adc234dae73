import { createBackoff } from './backoff.ts';
import type { BackoffOptions } from './backoff.ts';
import { DcsError } from './dcsError.ts';

const MOST_ATTEMPTS = 12;

/**
 * Does a repeatable job until it succeeds, or fails in a way that another attempt would not mend. Waits as long as the
 * server asks, and by chance a little longer, so that those who were told the same do not all come at once.
 */
export async function retrying<T>(job: () => Promise<T>, options: BackoffOptions): Promise<T> {
  const backoff = createBackoff(options);
  for (;;) {
    try {
      return await job();
    } catch (error) {
      if (!(error instanceof DcsError) || !error.retryable || backoff.attempts >= MOST_ATTEMPTS) throw error;
      const wait = (error.retryAfterMs ?? 0) + backoff.next();
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}
