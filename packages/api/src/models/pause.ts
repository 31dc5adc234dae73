import type { Cancellation } from '@dcs/engine';
import type { Timers } from '../services/timers.ts';

/** Waits for `ms`, or until the reply is no longer wanted. */
export function pause(ms: number, timers: Timers, cancellation: Cancellation): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      timer.cancel();
      cancellation.removeEventListener('abort', done);
      resolve();
    };
    const timer = timers.after(ms, done);
    if (cancellation.aborted) done();
    else cancellation.addEventListener('abort', done, { once: true });
  });
}
