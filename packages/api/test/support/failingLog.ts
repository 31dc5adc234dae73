import { setTimeout as sleep } from 'node:timers/promises';
import { SequenceConflict } from '@dcs/engine';
import type { SessionEvent, SessionLog } from '@dcs/engine';
import type { Storage } from '../../src/storage.ts';
import { createGroupCommit, GROUP_COMMIT_DEFAULTS, UNMETERED } from '../../src/store/groupCommit.ts';
import type { BatchWriter, GroupCommitOptions } from '../../src/store/groupCommit.ts';
import { StoreUnavailable } from '../../src/store/storeErrors.ts';

/**
 * What becomes of a write: it succeeds; nothing of it is written and it fails; it is written and the answer gets lost; it
 * hangs until it is let go, then nothing of it is written and it fails.
 */
export type Fate = 'written' | 'refused' | 'answer-lost' | 'hanging';

/** Decides over a write before it begins. */
export type FateOf = (events: readonly SessionEvent[]) => Fate;

/** A storage whose log fails when a test says so, over another that always works and outlives it. */
export interface FailingStorage {
  readonly storage: Storage;
  /** Decides over every write from now on. */
  readonly decide: (fateOf: FateOf) => void;
  /** Resolves when a write hangs. */
  readonly hanging: Promise<void>;
  /** Lets go of every write that hangs, or will. */
  readonly release: () => void;
  /** How many appends have not been answered. */
  readonly waiting: () => number;
  /** Whether the event with this id was written. */
  readonly has: (eventId: string) => boolean;
}

const lost = (): StoreUnavailable => new StoreUnavailable(new Error('As the test wants it.'));

/** Lets writes fail as it is decided over them. */
function createFates() {
  const hanging = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let fateOf: FateOf = () => 'written';

  async function run<T>(events: readonly SessionEvent[], write: () => Promise<T>): Promise<T> {
    const fate = fateOf(events);
    if (fate === 'hanging') {
      hanging.resolve();
      await released.promise;
    }
    if (fate === 'refused' || fate === 'hanging') throw lost();
    const result = await write();
    if (fate === 'answer-lost') throw lost();
    return result;
  }

  const control = {
    decide: (next: FateOf): void => {
      fateOf = next;
    },
    hanging: hanging.promise,
    release: () => released.resolve(),
  };
  return { run, control };
}

/** The log of `lasting`, and what was written through it. */
function watchedLog({ stores: { log } }: Storage) {
  const written = new Set<string>();
  const watched: SessionLog = {
    append: async (events) => {
      const persisted = await log.append(events);
      for (const { eventId } of events) written.add(eventId);
      return persisted;
    },
    read: (...args) => log.read(...args),
  };
  return { log: watched, has: (eventId: string): boolean => written.has(eventId) };
}

/** `lasting` with another log. Closing it closes nothing. */
function storageWith(lasting: Storage, log: SessionLog) {
  let waiting = 0;
  const counted: SessionLog = {
    append: async (events) => {
      waiting += 1;
      try {
        return await log.append(events);
      } finally {
        waiting -= 1;
      }
    },
    read: (...args) => log.read(...args),
  };
  const stores = { ...lasting.stores, log: counted };
  const storage: Storage = { ...lasting, stores, close: () => Promise.resolve() };
  return { storage, waiting: () => waiting };
}

/** Every append has a fate of its own. */
export function failingAppends(lasting: Storage): FailingStorage {
  const { log, has } = watchedLog(lasting);
  const { run, control } = createFates();
  const failing: SessionLog = {
    append: (events) => run(events, () => log.append(events)),
    read: (...args) => log.read(...args),
  };
  return { ...control, ...storageWith(lasting, failing), has };
}

/** The sessions share batches, as over a database, and every attempt to write a batch has a fate. */
export function failingBatches(lasting: Storage, options: Partial<GroupCommitOptions> = {}): FailingStorage {
  const { log, has } = watchedLog(lasting);
  const { run, control } = createFates();
  const written = new WeakSet<SessionEvent>();

  async function writeInOrder(events: readonly SessionEvent[], isRepeat: boolean) {
    for (const [index, event] of events.entries()) {
      if (isRepeat && written.has(event)) continue;
      try {
        await log.append([event]);
      } catch (error) {
        if (!(error instanceof SequenceConflict)) throw error;
        return { index, error: () => error };
      }
      written.add(event);
    }
    return null;
  }

  const writer: BatchWriter<SessionEvent> = {
    prepare: (event) => event,
    write: (events, { isRepeat }) => run(events, () => writeInOrder(events, isRepeat)),
    isPassing: (fault) => fault instanceof StoreUnavailable,
  };
  const { append } = createGroupCommit(writer, {
    ...GROUP_COMMIT_DEFAULTS,
    meter: UNMETERED,
    now: () => performance.now(),
    wait: (ms) => sleep(ms),
    ...options,
  });
  return { ...control, ...storageWith(lasting, { append, read: (...args) => log.read(...args) }), has };
}
