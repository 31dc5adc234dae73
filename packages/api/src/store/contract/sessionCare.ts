import type { SessionRecord } from '@dcs/engine';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SessionCatalogue, UnarchivedPage, UnfinishedPage } from '../ports.ts';
import { newId, sampleHeader, sampleSummary, T0 } from './samples.ts';

/** What every session catalogue tells those who look after sessions. Other suites may share the store. */
export function describeSessionCare(open: () => SessionCatalogue): void {
  describe('looking after sessions', () => {
    let sessions: SessionCatalogue;
    beforeEach(() => {
      sessions = open();
    });

    interface Times {
      readonly created?: number;
      readonly active?: number;
      readonly ended?: number;
    }

    async function make(playerId: string, { created = 0, active = created, ended }: Times): Promise<string> {
      const header = sampleHeader({ createdAt: T0 + created });
      const over = ended === undefined ? {} : ({ status: 'closed', endedAt: T0 + ended } as const);
      await sessions.create(
        header,
        sampleSummary({ playerIds: [playerId], lastActiveAt: T0 + active, ...over }),
      );
      return header.sessionId;
    }

    const idsOf = (records: readonly SessionRecord[], mine: readonly string[]): string[] =>
      records.map(({ header }) => header.sessionId).filter((id) => mine.includes(id));

    async function unfinished(page: Omit<UnfinishedPage, 'limit'>, limit: number): Promise<SessionRecord[]> {
      const records: SessionRecord[] = [];
      let cursor: UnfinishedPage = { ...page, limit };
      for (;;) {
        const rows = await sessions.listUnfinished(cursor);
        records.push(...rows);
        const last = rows.at(-1)?.header;
        if (last === undefined) return records;
        cursor = { ...page, limit, after: last };
      }
    }

    async function unarchived(limit: number): Promise<SessionRecord[]> {
      const records: SessionRecord[] = [];
      let cursor: UnarchivedPage = { limit };
      for (;;) {
        const rows = await sessions.listUnarchived(cursor);
        records.push(...rows);
        const last = rows.at(-1);
        if (last === undefined) return records;
        const { header, summary } = last;
        cursor = { limit, after: { endedAt: summary.endedAt ?? 0, sessionId: header.sessionId } };
      }
    }

    it('gives back those that exist of many that are asked for at once', async () => {
      const [ann, bob] = [await make(newId(), {}), await make(newId(), { ended: 5 })];
      const found = await sessions.getAll([ann, newId(), bob, ann]);
      expect(found.map(({ header }) => header.sessionId).toSorted()).toEqual([ann, bob].toSorted());
      expect(await sessions.getAll([])).toEqual([]);
    });

    it('counts what has not ended', async () => {
      const before = await sessions.countUnfinished();
      const ann = newId();
      await make(ann, {});
      await make(ann, { ended: 5 });
      await make(ann, {});
      expect(await sessions.countUnfinished()).toBe(before + 2);
    });

    it('lists what has not ended, the oldest first, page by page', async () => {
      const ann = newId();
      const mine = [
        await make(ann, { created: 30 }),
        await make(ann, { created: 10 }),
        await make(ann, { created: 10 }),
        await make(ann, { created: 20 }),
      ];
      await make(ann, { created: 15, ended: 16 });
      const times = new Map(mine.map((id, index) => [id, [30, 10, 10, 20][index]]));
      for (const limit of [1, 3, 100]) {
        const found = idsOf(await unfinished({}, limit), mine);
        expect(found.map((id) => times.get(id))).toEqual([10, 10, 20, 30]);
        expect(new Set(found).size).toBe(4);
      }
    });

    it('lists what nothing has happened in since a moment, the moment included', async () => {
      const ann = newId();
      const mine = [
        await make(ann, { created: 0, active: 100 }),
        await make(ann, { created: 0, active: 101 }),
        await make(ann, { created: 50, active: 60 }),
        await make(ann, { created: 200 }),
      ];
      const found = idsOf(await unfinished({ idleSince: T0 + 100 }, 2), mine);
      expect(found).toEqual([mine[0], mine[2]]);
    });

    it('lists what has ended until it is marked as archived, what ended first first', async () => {
      const ann = newId();
      const mine = [
        await make(ann, { ended: 30 }),
        await make(ann, { ended: 10 }),
        await make(ann, {}),
        await make(ann, { ended: 20 }),
      ];
      for (const limit of [1, 100]) {
        expect(idsOf(await unarchived(limit), mine)).toEqual([mine[1], mine[3], mine[0]]);
      }
      const [first = '', second = ''] = mine;
      await sessions.markArchived(second, T0);
      await sessions.markArchived(second, T0 + 1);
      expect(idsOf(await unarchived(100), mine)).toEqual([mine[3], first]);
      await sessions.saveSummaries([
        { sessionId: second, summary: sampleSummary({ lastSeq: 9, endedAt: T0, status: 'closed' }) },
      ]);
      expect(idsOf(await unarchived(100), mine)).toEqual([mine[3], first]);
    });

    it('lists of a player, on request, only what has not ended, what was last played first', async () => {
      const [ann, ben] = [newId(), newId()];
      const mine = [
        await make(ann, { active: 1 }),
        await make(ann, { active: 5, ended: 6 }),
        await make(ann, { active: 3 }),
        await make(ben, { active: 4 }),
      ];
      const page = { limit: 1, unfinishedOnly: true };
      const [newest, ...none] = await sessions.listByPlayer(ann, page);
      expect([newest?.header.sessionId, none]).toEqual([mine[2], []]);
      if (newest === undefined) throw new Error('There are two.');
      const { header, summary } = newest;
      const before = { lastActiveAt: summary.lastActiveAt, sessionId: header.sessionId };
      expect(idsOf(await sessions.listByPlayer(ann, { ...page, before }), mine)).toEqual([mine[0]]);
      expect(await sessions.listByPlayer(ann, { limit: 10 })).toHaveLength(3);
    });
  });
}
