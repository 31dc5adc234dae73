import { createBackoff } from './backoff.ts';
import type { BackoffOptions } from './backoff.ts';
import { DcsError } from './dcsError.ts';

const MOST_ATTEMPTS = 8;

/** Does a repeatable job until it succeeds, or fails in a way that another attempt would not mend. */
export async function retrying<T>(job: () => Promise<T>, options: BackoffOptions): Promise<T> {
  const backoff = createBackoff(options);
  for (;;) {
    try {
      return await job();
    } catch (error) {
      if (!(error instanceof DcsError) || !error.retryable || backoff.attempts >= MOST_ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, backoff.next()));
    }
  }
}
