import { takeSnapshot } from './snapshot.ts';
import type { Folded, SessionFold, Snapshot } from './snapshot.ts';
import type { SnapshotPorts } from './snapshots.ts';

interface SnapshotWriter {
  /** Takes a snapshot a little later, of what the session is by then, for the first `depth` stores. Never throws. */
  write(session: SessionFold & Folded, depth: number): void;
  /** Writes what waits without further delay, and resolves when it is written. */
  flush(): Promise<void>;
}

/** More wait only when the stores are slow. A snapshot that is dropped then is due again when more has happened. */
const MOST_WAITING = 1_000;

interface Waiting {
  readonly session: SessionFold & Folded;
  readonly depth: number;
}

/** Writes snapshots in rounds, behind everything else. */
export function createSnapshotWriter(
  ports: Pick<SnapshotPorts, 'stores' | 'pace' | 'faults' | 'meter'>,
): SnapshotWriter {
  const { stores, pace, faults, meter } = ports;
  const waiting = new Map<string, Waiting>();
  let writing: Promise<void> | null = null;
  let hurry = Promise.withResolvers<void>();

  async function put(snapshot: Snapshot, depth: number): Promise<void> {
    for (const store of stores.slice(0, depth)) {
      try {
        await store.put(snapshot);
        meter.snapshot('saved', store.name);
      } catch (fault) {
        meter.snapshot('failed', store.name);
        const { sessionId } = snapshot;
        faults.report(fault, { sessionId, during: `snapshot in ${store.name}` });
      }
    }
  }

  async function writeRounds(): Promise<void> {
    while (waiting.size > 0) {
      await Promise.race([pace.next(), hurry.promise]);
      const round = [...waiting.values()];
      waiting.clear();
      // One after the other: between two of them everything else has its turn.
      for (const { session, depth } of round) {
        const snapshot = takeSnapshot(session, session);
        if (snapshot !== null) await put(snapshot, depth);
      }
    }
    writing = null;
  }

  return {
    write: (session, depth) => {
      const [quickest] = stores.slice(0, depth);
      if (quickest === undefined) return;
      const { sessionId } = session.header;
      const known = waiting.get(sessionId);
      if (known === undefined && waiting.size >= MOST_WAITING) {
        return meter.snapshot('dropped', quickest.name);
      }
      waiting.set(sessionId, { session, depth: Math.max(depth, known?.depth ?? 0) });
      writing ??= writeRounds();
    },
    flush: async () => {
      hurry.resolve();
      await writing;
      hurry = Promise.withResolvers();
    },
  };
}
