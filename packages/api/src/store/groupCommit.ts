import { LogFull, markPersisted } from '@dcs/engine';
import type { Persisted, SessionEvent } from '@dcs/engine';
import { assertOneRun } from './oneRun.ts';

/** Where a batch stopped: everything before `index` is durable, and nothing from there on is written. */
export interface Refusal {
  readonly index: number;
  /** Why this place cannot be written, and never will: for whoever wanted to write it. */
  readonly error: (event: SessionEvent) => unknown;
}

/** Writes documents of many sessions at once. */
export interface BatchWriter<Document> {
  /** What is written for an event. It must be recognisable: the same document may be handed over again. */
  prepare(event: SessionEvent): Document;
  /**
   * Writes in order, and resolves when all of it is durable, or with the place that was refused. A rejection leaves open
   * how much was written; with `isRepeat` the same documents come again, and those that are there already count as written.
   */
  write(documents: readonly Document[], options: { readonly isRepeat: boolean }): Promise<Refusal | null>;
  /** Whether it makes sense to try again after this rejection. */
  isPassing(fault: unknown): boolean;
}

export interface GroupCommitMeter {
  /** A batch of so many events became durable, or was refused in part, in so many milliseconds. */
  batch(size: number, ms: number): void;
  /** So many events wait. */
  queued(depth: number): void;
  /** A batch was given up. */
  failed(): void;
}

export const UNMETERED: GroupCommitMeter = {
  batch: () => undefined,
  queued: () => undefined,
  failed: () => undefined,
};

export interface GroupCommitOptions {
  /** Events in one batch; a single append may be larger. */
  readonly mostPerBatch: number;
  /** Events that may wait for a batch; beyond it, appends are refused. */
  readonly mostWaiting: number;
  /** How often a batch is tried. */
  readonly attempts: number;
  readonly meter: GroupCommitMeter;
  /** Milliseconds, from any origin. */
  readonly now: () => number;
  /** Resolves after so many milliseconds; after 0, in the next turn of the event loop. */
  readonly wait: (ms: number) => Promise<void>;
}

export const GROUP_COMMIT_DEFAULTS = { mostPerBatch: 1_000, mostWaiting: 50_000, attempts: 2 } as const;

interface WrittenBatch {
  readonly size: number;
  readonly startedAt: number;
  readonly endedAt: number;
}

const NO_BATCH: WrittenBatch = { size: 0, startedAt: 0, endedAt: 0 };

/** A batch of so many events shows that many are at it at once; for so long, that they still are. */
const CROWD = { size: 16, memoryMs: 50 } as const;
const MOST_GATHERING_MS = 8;

/**
 * How long to gather before the next batch. Each costs the database a millisecond or two whatever is in it, so that a
 * crowd is served sooner by fewer of them; whoever is alone is not kept waiting.
 */
function gatheringMs({ size, startedAt, endedAt }: WrittenBatch, now: number): number {
  if (size < CROWD.size || now - endedAt > CROWD.memoryMs) return 0;
  return Math.min((endedAt - startedAt) / 2, MOST_GATHERING_MS);
}

export interface GroupCommit {
  /** As SessionLog.append. */
  readonly append: (events: readonly SessionEvent[]) => Promise<readonly Persisted<SessionEvent>[]>;
  /** Resolves when nothing waits. */
  readonly idle: () => Promise<void>;
}

interface Append<Document> {
  readonly events: readonly SessionEvent[];
  readonly documents: readonly Document[];
  readonly resolve: (persisted: readonly Persisted<SessionEvent>[]) => void;
  readonly reject: (fault: unknown) => void;
}

/**
 * Gathers what is appended within a moment and writes it in one journaled batch; one batch is on its way at a time, and
 * meanwhile the next one gathers. A session's events keep their order, because there is one queue, batches are ordered,
 * and what stands behind a refused append of the same session is refused with it.
 */
export function createGroupCommit<Document>(
  writer: BatchWriter<Document>,
  options: GroupCommitOptions,
): GroupCommit {
  const { meter, now } = options;
  let queue: Append<Document>[] = [];
  let waiting = 0;
  let writing: Promise<void> | null = null;
  let last = NO_BATCH;

  function takeBatch(): Append<Document>[] {
    let size = 0;
    let count = 0;
    for (const { events } of queue) {
      if (count > 0 && size + events.length > options.mostPerBatch) break;
      size += events.length;
      count += 1;
    }
    const batch = queue.slice(0, count);
    queue = queue.slice(count);
    waiting -= size;
    return batch;
  }

  function settle(batch: readonly Append<Document>[]): void {
    for (const { events, resolve } of batch) resolve(events.map((event) => markPersisted(event)));
  }

  /** Settles what the refusal decides, and returns the rest, which is still to be written. */
  function afterRefusal(batch: readonly Append<Document>[], { index, error }: Refusal): Append<Document>[] {
    let place = 0;
    const at = batch.findIndex(({ documents }) => (place += documents.length) > index);
    const refused = batch[at];
    const event = refused?.events[index - (place - refused.events.length)];
    if (refused === undefined || event === undefined) throw new RangeError(`A batch has no place ${index}.`);
    settle(batch.slice(0, at));
    const reason = error(event);
    const rest: Append<Document>[] = [];
    for (const append of batch.slice(at)) {
      if (append.events[0]?.sessionId === event.sessionId) append.reject(reason);
      else rest.push(append);
    }
    return rest;
  }

  async function writeBatch(batch: readonly Append<Document>[]): Promise<void> {
    let rest = batch;
    let attempt = 1;
    while (rest.length > 0) {
      try {
        const documents = rest.flatMap((append) => append.documents);
        const refusal = await writer.write(documents, { isRepeat: attempt > 1 });
        if (refusal === null) return settle(rest);
        rest = afterRefusal(rest, refusal);
      } catch (fault) {
        attempt += 1;
        if (attempt <= options.attempts && writer.isPassing(fault)) continue;
        meter.failed();
        for (const { reject } of rest) reject(fault);
        return;
      }
    }
  }

  async function writeAll(): Promise<void> {
    while (queue.length > 0) {
      // What this moment brings from other connections goes into the same batch, and so does what follows at once from
      // the batch before.
      await options.wait(gatheringMs(last, now()));
      const batch = takeBatch();
      const size = batch.reduce((sum, { events }) => sum + events.length, 0);
      const startedAt = now();
      await writeBatch(batch);
      last = { size, startedAt, endedAt: now() };
      meter.batch(size, last.endedAt - startedAt);
      meter.queued(waiting);
    }
    writing = null;
  }

  return {
    append: async (events) => {
      assertOneRun(events, ({ sessionId }) => sessionId);
      if (events.length === 0) return [];
      if (waiting > 0 && waiting + events.length > options.mostWaiting) throw new LogFull();
      const documents = events.map((event) => writer.prepare(event));
      return new Promise((resolve, reject) => {
        queue.push({ events, documents, resolve, reject });
        waiting += events.length;
        writing ??= writeAll();
      });
    },
    idle: async () => {
      while (writing !== null) await writing;
    },
  };
}
