import type { Snapshot, SnapshotStore } from '@dcs/engine';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from './samples.ts';

function sampleSnapshot(seq: number, over: Partial<Snapshot> = {}): Snapshot {
  return {
    sessionId: newId(),
    seq,
    schemaVersion: 1,
    fold: 'explore@1/core@1',
    core: { lastSeq: seq, seats: { 'a.b': { kind: 'open' } }, ended: null },
    game: { said: 'Schrödinger’s 🐈, half a pair \ud83d, $ref', $id: 1 },
    replies: [['ann/1', seq, 1, true, null]],
    ...over,
  };
}

/** What every snapshot store does. */
export function describeSnapshotStore(open: () => SnapshotStore): void {
  describe('the snapshot store', () => {
    let store: SnapshotStore;
    beforeEach(() => {
      store = open();
    });

    it('gives back what was put, character by character', async () => {
      const snapshot = sampleSnapshot(4);
      await store.put(snapshot);
      expect(await store.get(snapshot.sessionId)).toEqual(snapshot);
      expect(await store.has(snapshot.sessionId)).toBe(true);
    });

    it('knows nothing of what was never put, and removes it without a word', async () => {
      const id = newId();
      expect(await store.get(id)).toBeNull();
      expect(await store.has(id)).toBe(false);
      expect(await store.remove(id)).toBe(false);
    });

    it('removes what was put, once', async () => {
      const snapshot = sampleSnapshot(4);
      await store.put(snapshot);
      expect(await store.remove(snapshot.sessionId)).toBe(true);
      expect(await store.remove(snapshot.sessionId)).toBe(false);
      expect(await store.get(snapshot.sessionId)).toBeNull();
      await store.put({ ...snapshot, seq: 2 });
      expect(await store.get(snapshot.sessionId)).toMatchObject({ seq: 2 });
    });

    it('replaces one of the same number, for another fold may have made it', async () => {
      const snapshot = sampleSnapshot(4);
      await store.put(snapshot);
      await store.put({ ...snapshot, fold: 'explore@2/core@1' });
      expect(await store.get(snapshot.sessionId)).toMatchObject({ fold: 'explore@2/core@1' });
    });

    it('keeps the newest in whatever order they arrive, also all at once', async () => {
      const arrivals = fc.shuffledSubarray([1, 2, 3, 9, 10, 11], { minLength: 1 });
      await fc.assert(
        fc.asyncProperty(arrivals, fc.boolean(), async (seqs, together) => {
          const sessionId = newId();
          const puts = seqs.map((seq) => sampleSnapshot(seq, { sessionId }));
          if (together) await Promise.all(puts.map((snapshot) => store.put(snapshot)));
          else for (const snapshot of puts) await store.put(snapshot);
          expect(await store.get(sessionId)).toMatchObject({ seq: Math.max(...seqs) });
        }),
        { numRuns: 25 },
      );
    });

    it('takes one of a very long session', async () => {
      const replies = Array.from({ length: 20_000 }, (_, index) => [`ann/${newId()}`, index, 1, true, null]);
      const snapshot = sampleSnapshot(40_000, { replies });
      await store.put(snapshot);
      expect(await store.get(snapshot.sessionId)).toEqual(snapshot);
    });
  });
}
