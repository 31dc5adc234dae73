import { DcsError } from '../../src/client/index.ts';

/** Repeats what is refused for the moment until it is answered; our client does so by itself, but not for ever. */
export async function insist<Reply>(call: () => Promise<Reply>): Promise<Reply> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof DcsError) || !error.retryable) throw error;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
