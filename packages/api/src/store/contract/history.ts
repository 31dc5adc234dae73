import { beforeEach, describe, expect, it } from 'vitest';
import type { HistoryEntry, HistoryPage, HistoryStore } from '../ports.ts';
import { newId, T0 } from './samples.ts';

export function sampleEntry(over: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    sessionId: newId(),
    game: 'explore',
    gameVersion: '1.0.0',
    ownerId: 'ann',
    source: 'api',
    cast: { pc: { hid: 'NA', revision: 'r1' }, 'third.seat': { hid: 'OCT', revision: 'r2' } },
    seed: newId(),
    playerIds: [newId()],
    result: 'completed',
    winner: null,
    endReason: 'game_completed',
    startedAt: T0,
    endedAt: T0 + 59_900,
    durationSeconds: 59,
    playedSeconds: 40,
    turns: 7,
    engineVersion: '0.1.0',
    lastSeq: 21,
    stateHash: 'a'.repeat(64),
    ...over,
  };
}

/** What every history does. */
export function describeHistory(open: () => HistoryStore): void {
  describe('the history', () => {
    let history: HistoryStore;
    beforeEach(() => {
      history = open();
    });

    it('gives back an entry as it was put, under the id of its session', async () => {
      const entry = sampleEntry({ result: 'win', winner: 'third.seat' });
      expect(await history.put(entry)).toEqual(entry);
      expect(await history.get(entry.sessionId)).toEqual(entry);
      expect(await history.get(newId())).toBeNull();
    });

    it('keeps the first entry of a session, and answers every repetition with it', async () => {
      const entry = sampleEntry();
      await history.put(entry);
      expect(await history.put({ ...entry, result: 'draw', turns: 99 })).toEqual(entry);
      expect(await history.get(entry.sessionId)).toEqual(entry);
    });

    it('keeps one entry when many put it at once, and tells all of them the same', async () => {
      const sessionId = newId();
      const attempts = Array.from({ length: 12 }, (_, turns) =>
        history.put(sampleEntry({ sessionId, turns })),
      );
      const told = await Promise.all(attempts);
      expect(new Set(told.map(({ turns }) => turns)).size).toBe(1);
      expect(await history.get(sessionId)).toEqual(told[0]);
    });

    it('lists what somebody has played, what ended last first, page by page', async () => {
      const [ann, ben] = [newId(), newId()];
      const entries: HistoryEntry[] = [];
      for (let index = 0; index < 7; index += 1) {
        const playerIds = index % 2 === 0 ? [ann, ben] : [ann];
        entries.push(await history.put(sampleEntry({ playerIds, endedAt: T0 + Math.floor(index / 3) })));
      }
      const whole = await history.listByPlayer(ann, { limit: 100 });
      expect(whole).toHaveLength(7);
      expect(whole.map(({ endedAt }) => endedAt)).toEqual(
        entries.map(({ endedAt }) => endedAt).toSorted((a, b) => b - a),
      );
      expect(await history.listByPlayer(ben, { limit: 100 })).toHaveLength(4);
      expect(await history.listByPlayer(newId(), { limit: 100 })).toEqual([]);
      for (const limit of [1, 2, 5]) expect(await allPages(ann, limit)).toEqual(whole);
    });

    async function allPages(playerId: string, limit: number): Promise<HistoryEntry[]> {
      const entries: HistoryEntry[] = [];
      let page: HistoryPage = { limit };
      for (;;) {
        const rows = await history.listByPlayer(playerId, page);
        entries.push(...rows);
        const last = rows.at(-1);
        if (last === undefined) return entries;
        page = { limit, before: last };
      }
    }
  });
}
