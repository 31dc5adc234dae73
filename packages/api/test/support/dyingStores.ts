import type { SessionLog } from '@dcs/engine';
import type { Stores } from '../../src/store/ports.ts';
import { StoreUnavailable } from '../../src/store/storeErrors.ts';

/** When a process dies: `before` it writes, or `after`, when nobody learns of it any more. */
export type Death = 'before' | 'after';

/** The way of one process to stores that outlive it. */
export interface DyingStores {
  readonly stores: Stores;
  /** Lets the process die at one of its next writes to the log; 1 is the very next. */
  dieAt(write: number, death: Death): void;
  /** Nothing that it still wants to write is written. */
  die(): void;
}

/** Stores for a process that may die in the middle of a turn. */
export function dyingStores(lasting: Stores): DyingStores {
  let writesLeft = Number.POSITIVE_INFINITY;
  let how: Death = 'before';
  let isDead = false;
  const dead = () => new StoreUnavailable(new Error('The process is dead.'));

  const log: SessionLog = {
    append: async (events) => {
      writesLeft -= 1;
      const isLast = writesLeft <= 0;
      if (isDead || (isLast && how === 'before')) isDead = true;
      if (isDead) throw dead();
      const written = await lasting.log.append(events);
      if (!isLast) return written;
      isDead = true;
      throw dead();
    },
    read: (...request) => (isDead ? Promise.reject(dead()) : lasting.log.read(...request)),
  };
  const { sessions } = lasting;
  return {
    stores: {
      ...lasting,
      log,
      sessions: {
        ...sessions,
        saveSummaries: (changes) => (isDead ? Promise.reject(dead()) : sessions.saveSummaries(changes)),
      },
    },
    dieAt: (write, death) => {
      writesLeft = write;
      how = death;
    },
    die: () => {
      isDead = true;
    },
  };
}
