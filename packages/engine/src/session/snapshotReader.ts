import type { SessionLog, SnapshotStore } from '../ports.ts';
import type { SessionEvent } from './event.ts';
import { readLogAfter } from './readLog.ts';
import { thawSnapshot, UnusableSnapshot } from './snapshot.ts';
import type { Folded, SessionFold } from './snapshot.ts';
import type { SnapshotPorts } from './snapshots.ts';
import type { SessionState } from './state.ts';

/** A session as far as a snapshot goes, and what its log says after that. */
export interface Restored {
  readonly folded: Folded;
  readonly tail: readonly SessionEvent[];
  /** How many stores, from the quickest on, did not have it. */
  readonly missedBy: number;
}

interface SnapshotReader {
  restore(session: SessionFold): Promise<Restored | null>;
}

/** What the log says after a snapshot; `null` when the last event of the snapshot is not in it. */
async function readTail(
  log: Pick<SessionLog, 'read'>,
  sessionId: string,
  { lastSeq, lastAt }: SessionState,
): Promise<readonly SessionEvent[] | null> {
  const [last, ...tail] = await readLogAfter(log, sessionId, lastSeq - 1);
  return last?.seq === lastSeq && last.at === lastAt ? tail : null;
}

/** Finds the quickest usable snapshot. What is unusable is reported and thrown away, so that a better one can follow. */
export function createSnapshotReader(
  ports: Pick<SnapshotPorts, 'stores' | 'log' | 'faults' | 'meter'>,
): SnapshotReader {
  const { stores, log, faults, meter } = ports;

  async function reject(store: SnapshotStore, sessionId: string, fault: unknown): Promise<void> {
    const during = `snapshot in ${store.name}`;
    const unusable = fault instanceof UnusableSnapshot;
    meter.snapshot(unusable ? fault.reason : 'failed', store.name);
    // A new version of a game outdates what was kept before: that is no fault.
    if (!unusable || fault.reason !== 'snapshot/outdated') faults.report(fault, { sessionId, during });
    if (!unusable) return;
    await store.remove(sessionId).catch((still: unknown) => faults.report(still, { sessionId, during }));
  }

  async function thawFrom(store: SnapshotStore, session: SessionFold): Promise<Folded | null> {
    const { sessionId } = session.header;
    try {
      const kept = await store.get(sessionId);
      return kept === null ? null : thawSnapshot(kept, session);
    } catch (fault) {
      await reject(store, sessionId, fault);
      return null;
    }
  }

  return {
    restore: async (session) => {
      const { sessionId } = session.header;
      if (session.fold.game.freezing === undefined) return null;
      for (const [missedBy, store] of stores.entries()) {
        const folded = await thawFrom(store, session);
        if (folded === null) continue;
        const tail = await readTail(log, sessionId, folded.state);
        if (tail === null) {
          const seq = folded.state.lastSeq;
          const fault = new UnusableSnapshot('snapshot/not-of-log', `The log has no such event ${seq}.`);
          await reject(store, sessionId, fault);
          continue;
        }
        // A snapshot does not know what the game was before it: for a roll-back there only is the whole log.
        if (tail.some(({ kind }) => kind === 'rolled_back')) return null;
        meter.snapshot('loaded', store.name);
        return { folded, tail, missedBy };
      }
      return null;
    },
  };
}
