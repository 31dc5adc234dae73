import type { Clock, FaultReporter, Pace, SessionLog, SnapshotStore } from '../ports.ts';
import type { LiveSession } from './liveSession.ts';
import type { SessionFold, SnapshotProblem } from './snapshot.ts';
import { dueSnapshot, isWorthKeeping, leastSeq } from './snapshotPolicy.ts';
import type { SnapshotPolicy } from './snapshotPolicy.ts';
import { createSnapshotReader } from './snapshotReader.ts';
import type { Restored } from './snapshotReader.ts';
import { createSnapshotWriter } from './snapshotWriter.ts';
import type { SessionState } from './state.ts';

/** What became of a snapshot, for those who measure. */
export type SnapshotOutcome = 'loaded' | 'saved' | 'dropped' | 'failed' | SnapshotProblem;

export interface SnapshotMeter {
  snapshot(outcome: SnapshotOutcome, store: string): void;
}

export interface SnapshotPorts {
  /** The quickest first. */
  readonly stores: readonly SnapshotStore[];
  readonly policy: SnapshotPolicy;
  readonly log: Pick<SessionLog, 'read'>;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly faults: FaultReporter;
  readonly meter: SnapshotMeter;
}

/** Loads sessions from snapshots, and takes them. It never fails a session: without a snapshot there is the log. */
export interface Snapshots {
  /**
   * From the first store that has a usable one; `null` when only the whole log will do. `knownSeq` is how far its log
   * goes at least: short ones are not worth a look. Rejects if the log does.
   */
  restore(session: SessionFold, knownSeq: number): Promise<Restored | null>;
  /** A session went on from `before`. Takes a snapshot behind its back when the policy says so. */
  changed(live: LiveSession, before: SessionState): void;
  /** A session has been loaded. Takes a snapshot behind its back when that took long. */
  loaded(live: LiveSession): void;
  /** Whether a snapshot is kept anywhere. Rejects if a store does. */
  has(sessionId: string): Promise<boolean>;
  /** Throws away what is kept; whether anything was. Rejects if a store does. */
  remove(sessionId: string): Promise<boolean>;
  /** Writes what waits without further delay, and resolves when it is written. */
  flush(): Promise<void>;
}

/** For a server that folds every session from its log. */
export const NO_SNAPSHOTS: Snapshots = {
  restore: () => Promise.resolve(null),
  changed: () => undefined,
  loaded: () => undefined,
  has: () => Promise.resolve(false),
  remove: () => Promise.resolve(false),
  flush: () => Promise.resolve(),
};

export function createSnapshots(ports: SnapshotPorts): Snapshots {
  const { stores, policy, clock } = ports;
  const reader = createSnapshotReader(ports);
  const writer = createSnapshotWriter(ports);

  function take(live: LiveSession, depth: number): void {
    live.snapshotted = { seq: live.state.lastSeq, at: clock.now() };
    writer.write(live, depth);
  }

  return {
    restore: async (session, knownSeq) => {
      if (knownSeq < leastSeq(policy)) return null;
      const restored = await reader.restore(session);
      // What a quicker store did not have, it has from now on.
      if (restored !== null) writer.write({ ...session, ...restored.folded }, restored.missedBy);
      return restored;
    },
    changed: (live, before) => {
      const scope = dueSnapshot(policy, live, { before, now: clock.now() });
      if (scope !== 'none') take(live, scope === 'all' ? stores.length : 1);
    },
    loaded: (live) => {
      if (isWorthKeeping(policy, live)) take(live, stores.length);
    },
    has: async (sessionId) => {
      const known = await Promise.all(stores.map((store) => store.has(sessionId)));
      return known.includes(true);
    },
    remove: async (sessionId) => {
      const removed = await Promise.all(stores.map((store) => store.remove(sessionId)));
      return removed.includes(true);
    },
    flush: () => writer.flush(),
  };
}
