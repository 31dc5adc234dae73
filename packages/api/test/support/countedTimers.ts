import { systemTimers } from '../../src/services/timers.ts';
import type { Timers } from '../../src/services/timers.ts';

/** Real time, with a count of what is set, and a way to let everything that waits happen now. */
export interface CountedTimers extends Timers {
  /** Timers that fire once and have not fired yet. */
  readonly once: number;
  /** Timers that fire again and again. */
  readonly repeating: number;
  /** Fires everything that is to fire once, now. */
  fireAll(): void;
}

export function countedTimers(): CountedTimers {
  const timers = systemTimers();
  const waiting = new Set<{ cancel(): void; fire(): void }>();
  let repeating = 0;

  return {
    after: (ms, callback) => {
      const entry = {
        cancel: () => {
          waiting.delete(entry);
          timer.cancel();
        },
        fire: () => {
          entry.cancel();
          callback();
        },
      };
      const timer = timers.after(ms, entry.fire);
      waiting.add(entry);
      return { cancel: entry.cancel };
    },
    every: (ms, callback) => {
      const timer = timers.every(ms, callback);
      let isSet = true;
      repeating += 1;
      return {
        cancel: () => {
          if (isSet) repeating -= 1;
          isSet = false;
          timer.cancel();
        },
      };
    },
    get once() {
      return waiting.size;
    },
    get repeating() {
      return repeating;
    },
    fireAll: () => {
      // What these set anew waits for the next time.
      const due = [...waiting];
      for (const entry of due) entry.fire();
    },
  };
}
