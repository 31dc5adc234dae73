import { DcsError } from '@dcs/api/client';
import { setTimeout as pause } from 'node:timers/promises';

/** Sends a repeatable request until it is answered, whatever happens to the server. */
export async function insist<Reply>(request: () => Promise<Reply>): Promise<Reply> {
  for (;;) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof DcsError) || !error.retryable) throw error;
      await pause(10);
    }
  }
}
