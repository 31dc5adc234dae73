import type { SnapshotStore } from '@dcs/engine';
import { sealSnapshot, unsealSnapshot } from '../snapshotSeal.ts';
import type { SealedSnapshot } from '../snapshotSeal.ts';

/** In characters of JSON. */
const ROOM = 64 * 1024 * 1024;

interface Kept extends SealedSnapshot {
  readonly seq: number;
}

/** Snapshots that end with the process. When the room is used up, those go that have been kept longest. */
export function createMemorySnapshotStore(room = ROOM): SnapshotStore {
  const kept = new Map<string, Kept>();
  let used = 0;

  function remove(sessionId: string): boolean {
    used -= kept.get(sessionId)?.json.length ?? 0;
    return kept.delete(sessionId);
  }

  return {
    name: 'memory',
    async get(sessionId) {
      const found = kept.get(sessionId);
      return found === undefined ? null : unsealSnapshot(found);
    },
    async put(snapshot) {
      const { sessionId, seq } = snapshot;
      if ((kept.get(sessionId)?.seq ?? 0) > seq) return;
      const sealed = sealSnapshot(snapshot);
      remove(sessionId);
      kept.set(sessionId, { ...sealed, seq });
      used += sealed.json.length;
      for (const oldest of kept.keys()) {
        if (used <= room) break;
        remove(oldest);
      }
    },
    async has(sessionId) {
      return kept.has(sessionId);
    },
    async remove(sessionId) {
      return remove(sessionId);
    },
  };
}
