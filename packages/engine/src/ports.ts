import type { CharacterSheet } from './characters/character.schema.ts';
import type { SessionEvent } from './session/event.ts';
import type { Signal } from './session/frame.ts';
import type { CastMember, SessionHeader, SessionRecord, SessionSummary } from './session/session.ts';
import type { Snapshot } from './session/snapshot.ts';

/* What the engine asks of the world. Adapters live in packages/api; one contract suite runs against all of them. */

declare const persisted: unique symbol;

/** A value that is durable. Only a SessionLog makes one, and only such a value can be published. */
export type Persisted<T> = T & { readonly [persisted]: true };

/** For SessionLog adapters alone, to be called after the write is durable. */
export function markPersisted<T extends object>(value: T): Persisted<T> {
  return value as Persisted<T>;
}

/** Another writer took one of the sequence numbers: nothing or only a prefix of the batch was written. Reload. */
export class SequenceConflict extends Error {
  /** `log` is the id of the session, or of the experiment. */
  constructor(log: string, seq: number, options?: { cause?: unknown }) {
    super(`The log of ${log} already has an event ${seq}.`, options);
    this.name = 'SequenceConflict';
  }
}

/** More is waiting to be written than may wait. Nothing was written: the same append may be sent again a little later. */
export class LogFull extends Error {
  constructor() {
    super('More events wait to be written than may wait.');
    this.name = 'LogFull';
  }
}

/** The truth: an ordered, append-only list of events per session. */
export interface SessionLog {
  /**
   * Writes events of one session, whose `seq` follow each other, and resolves when they are durable (majority, journaled).
   * Rejects with `SequenceConflict` when a number is taken, and with `LogFull` when it takes no more for now. Any other
   * rejection leaves the outcome unknown: reload before going on.
   */
  append(events: readonly SessionEvent[]): Promise<readonly Persisted<SessionEvent>[]>;
  /** Events with `seq > afterSeq` in order, at most `limit`. Empty for an unknown session. */
  read(sessionId: string, afterSeq: number, limit: number): Promise<readonly Persisted<SessionEvent>[]>;
}

/** Order for lists: newest activity first; `before` is the cursor of the last row seen. */
export interface SessionPage {
  readonly limit: number;
  readonly before?: { readonly lastActiveAt: number; readonly sessionId: string };
  /** Leaves out what has ended, by its summary. */
  readonly unfinishedOnly?: boolean;
}

export interface SummaryChange {
  readonly sessionId: string;
  readonly summary: SessionSummary;
}

/** Headers, written once, and their summaries, which follow the log at a distance. */
export interface SessionStore {
  /** Durable when resolved. Repeating it with the same owner and commandId returns the record that won. */
  create(header: SessionHeader, summary: SessionSummary): Promise<SessionRecord>;
  get(sessionId: string): Promise<SessionRecord | null>;
  /** Keeps of each session the one with the higher `lastSeq`, so that an older summary never wins. Repeatable. */
  saveSummaries(changes: readonly SummaryChange[]): Promise<void>;
  listByPlayer(playerId: string, page: SessionPage): Promise<readonly SessionRecord[]>;
}

/**
 * Snapshots by session: a cache of the log, so whatever it holds may go at any time, and nothing but speed is lost.
 * Every method may be repeated.
 */
export interface SnapshotStore {
  /** For reports, e.g. `redis`. */
  readonly name: string;
  /** What was put, or `null`. Rejects with UnusableSnapshot when it is no longer what was put. */
  get(sessionId: string): Promise<unknown>;
  /** Keeps it unless one with a higher `seq` is kept. */
  put(snapshot: Snapshot): Promise<void>;
  has(sessionId: string): Promise<boolean>;
  /** Whether there was one. */
  remove(sessionId: string): Promise<boolean>;
}

/** Character sheets by content: a revision never changes, so that a session keeps the sheet it was played with. */
export interface CharacterStore {
  find(member: CastMember): Promise<CharacterSheet | null>;
  /** The revisions that new sessions are cast from, ordered by hid. */
  current(): Promise<readonly CurrentCharacter[]>;
}

export interface CurrentCharacter {
  readonly sheet: CharacterSheet;
  readonly revision: string;
}

/** Fan-out to whoever watches. Never throws, never blocks; delivery is a hint, the log is the truth. */
export interface EventBus {
  publish(sessionId: string, events: readonly Persisted<SessionEvent>[]): void;
  signal(sessionId: string, signal: Signal): void;
}

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

/** How soon things that may lag behind the log are written. */
export interface Pace {
  /** Resolves when the next round may begin. */
  next(): Promise<void>;
}

export interface Ids {
  /** A unique, unguessable id. */
  next(): string;
}

/** Faults that nobody waits for; the operator must see them. Never throws. */
export interface FaultReporter {
  report(fault: unknown, context: { readonly sessionId: string; readonly during: string }): void;
}
