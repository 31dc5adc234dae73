import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Cancellation } from '@dcs/engine';
import { cancelled } from '../callFailure.ts';

/** Lets those that wait go on one after the other, those with lower places first. */
export interface InTurn {
  /** Resolves when it is the turn of `place`. Rejects with CallFailure when the answer is no longer wanted. */
  wait(place: number, cancellation: Cancellation): Promise<void>;
}

interface Waiting {
  readonly place: number;
  readonly goOn: () => void;
}

/**
 * Everything that one of them leads to, such as the end of others that have lost their sense or questions of its own, comes
 * before the next: in between the event loop makes a turn.
 */
export function createInTurn(): InTurn {
  const waiting = new Set<Waiting>();
  let isRunning = false;

  const first = (): Waiting | undefined =>
    [...waiting].reduce<Waiting | undefined>(
      (lowest, one) => (lowest === undefined || one.place < lowest.place ? one : lowest),
      undefined,
    );

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    await nextTurn();
    for (let next = first(); next !== undefined; next = first()) {
      waiting.delete(next);
      next.goOn();
      await nextTurn();
    }
    isRunning = false;
  }

  return {
    wait: (place, cancellation) =>
      new Promise((resolve, reject) => {
        if (cancellation.aborted) return reject(cancelled());
        const stop = (): void => {
          waiting.delete(entry);
          reject(cancelled());
        };
        const entry = {
          place,
          goOn: () => {
            cancellation.removeEventListener('abort', stop);
            resolve();
          },
        };
        cancellation.addEventListener('abort', stop, { once: true });
        waiting.add(entry);
        void run();
      }),
  };
}
