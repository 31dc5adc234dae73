import type { Timers } from '../services/timers.ts';

/** Lets the latest of many drafts of a session through, about ten times a second. */
export interface DraftPacer {
  /** Sends this one now or a little later, unless another one comes in its place or it is dropped. */
  offer(sessionId: string, send: () => void): void;
  /** What waits has been overtaken. */
  drop(sessionId: string): void;
}

const INTERVAL_MS = 100;

export function createDraftPacer(timers: Timers): DraftPacer {
  /** Sessions that have sent a draft just now, with the one that waits. */
  const resting = new Map<string, (() => void) | null>();

  function rest(sessionId: string): void {
    resting.set(sessionId, null);
    timers.after(INTERVAL_MS, () => {
      const send = resting.get(sessionId) ?? null;
      resting.delete(sessionId);
      if (send === null) return;
      send();
      rest(sessionId);
    });
  }

  return {
    offer: (sessionId, send) => {
      if (resting.has(sessionId)) {
        resting.set(sessionId, send);
      } else {
        send();
        rest(sessionId);
      }
    },
    drop: (sessionId) => {
      if (resting.has(sessionId)) resting.set(sessionId, null);
    },
  };
}
