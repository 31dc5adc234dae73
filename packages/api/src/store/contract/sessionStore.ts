import type { SessionPage, SessionRecord, SessionStore, SessionSummary } from '@dcs/engine';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { DuplicateRecord } from '../storeErrors.ts';
import { newId, sampleHeader, sampleSummary, T0 } from './samples.ts';

async function allPages(store: SessionStore, playerId: string, limit: number): Promise<SessionRecord[]> {
  const records: SessionRecord[] = [];
  let page: SessionPage = { limit };
  for (;;) {
    const rows = await store.listByPlayer(playerId, page);
    records.push(...rows);
    const last = rows.at(-1);
    if (last === undefined) return records;
    const { lastActiveAt } = last.summary;
    page = { limit, before: { lastActiveAt, sessionId: last.header.sessionId } };
  }
}

const saveSummary = (store: SessionStore, sessionId: string, summary: SessionSummary): Promise<void> =>
  store.saveSummaries([{ sessionId, summary }]);

export function describeSessionStore(open: () => SessionStore): void {
  describe('the session store', () => {
    let store: SessionStore;
    beforeEach(() => {
      store = open();
    });

    it('gives back header and summary as they were created', async () => {
      const header = sampleHeader({ parent: { sessionId: newId(), seq: 7 } });
      const summary = sampleSummary({
        playerIds: ['a', 'b'],
        endedAt: T0 + 5,
        terminationReason: 'game_completed',
      });
      expect(await store.create(header, summary)).toEqual({ header, summary });
      expect(await store.get(header.sessionId)).toEqual({ header, summary });
    });

    it('says of a session that it is held, and nothing of it when it goes on', async () => {
      const header = sampleHeader();
      const [going, held] = [sampleSummary(), sampleSummary({ status: 'paused', held: true })];
      await store.create(header, going);
      for (const summary of [held, going]) {
        await saveSummary(store, header.sessionId, summary);
        expect((await store.get(header.sessionId))?.summary).toStrictEqual(summary);
      }
    });

    it('gives back the flags of a session, and none where there are none', async () => {
      for (const flags of [[1, 2, 9], []]) {
        const header = sampleHeader({ flags });
        await store.create(header, sampleSummary());
        expect((await store.get(header.sessionId))?.header).toEqual(header);
      }
      const header = sampleHeader();
      await store.create(header, sampleSummary());
      expect((await store.get(header.sessionId))?.header).not.toHaveProperty('flags');
    });

    it('gives back the experiment of a session, and none where there is none', async () => {
      for (const header of [sampleHeader({ experimentId: 'e' }), sampleHeader()]) {
        await store.create(header, sampleSummary());
        expect((await store.get(header.sessionId))?.header).toStrictEqual(header);
      }
    });

    it('gives back the models that a session wants asked, and none where it leaves them to the settings', async () => {
      const models = { updater: ['openrouter:a/b', 'scripted'] };
      for (const header of [sampleHeader({ models }), sampleHeader({ models: {} }), sampleHeader()]) {
        await store.create(header, sampleSummary());
        expect((await store.get(header.sessionId))?.header).toStrictEqual(header);
      }
    });

    it('gives back empty casts, seats, configurations and summaries', async () => {
      const header = sampleHeader({ cast: {}, seats: {}, config: {}, stoppingConditions: [] });
      await store.create(header, sampleSummary());
      expect(await store.get(header.sessionId)).toEqual({ header, summary: sampleSummary() });
    });

    it('keeps the order of seats, and seats with awkward names', async () => {
      const seats = Object.fromEntries(
        ['z', '$a', 'b.c', 'ñ'].map((name) => [name, { kind: 'open' as const }]),
      );
      const header = sampleHeader({ seats });
      await store.create(header, sampleSummary());
      const read = await store.get(header.sessionId);
      expect(Object.keys(read?.header.seats ?? {})).toEqual(['z', '$a', 'b.c', 'ñ']);
    });

    it('creates one session however often the same command arrives at once', async () => {
      const ownerId = newId();
      const commandId = newId();
      const attempts = Array.from({ length: 20 }, () => sampleHeader({ ownerId, commandId }));
      const summary = sampleSummary({ playerIds: [ownerId] });
      const records = await Promise.all(attempts.map((header) => store.create(header, summary)));
      expect(new Set(records.map((record) => record.header.sessionId)).size).toBe(1);
      expect(await store.listByPlayer(ownerId, { limit: 100 })).toEqual([records[0]]);
    });

    it('answers a repeated command with the record that won, as it is now', async () => {
      const header = sampleHeader();
      await store.create(header, sampleSummary());
      await saveSummary(store, header.sessionId, sampleSummary({ lastSeq: 4, turns: 2 }));
      const again = await store.create({ ...header, sessionId: newId(), seed: 'other' }, sampleSummary());
      expect(again).toEqual({ header, summary: sampleSummary({ lastSeq: 4, turns: 2 }) });
    });

    it('creates two sessions for the same commandId of two owners', async () => {
      const commandId = newId();
      const [a, b] = [sampleHeader({ commandId }), sampleHeader({ commandId })];
      await store.create(a, sampleSummary());
      expect((await store.create(b, sampleSummary())).header).toEqual(b);
    });

    it('refuses a sessionId that another command has taken', async () => {
      const header = sampleHeader();
      await store.create(header, sampleSummary());
      const thief = sampleHeader({ sessionId: header.sessionId });
      await expect(store.create(thief, sampleSummary())).rejects.toBeInstanceOf(DuplicateRecord);
      expect((await store.get(header.sessionId))?.header).toEqual(header);
    });

    it('knows nothing of an unknown session, and saves no summary for it', async () => {
      const id = newId();
      await saveSummary(store, id, sampleSummary({ lastSeq: 3 }));
      expect(await store.get(id)).toBeNull();
      expect(await store.listByPlayer(newId(), { limit: 10 })).toEqual([]);
    });

    it('keeps the newest summary in whatever order they arrive', async () => {
      const arrivals = fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 1 });
      await fc.assert(
        fc.asyncProperty(arrivals, fc.boolean(), async (seqs, together) => {
          const header = sampleHeader();
          await store.create(header, sampleSummary());
          const save = (lastSeq: number) =>
            saveSummary(
              store,
              header.sessionId,
              sampleSummary({ lastSeq, turns: lastSeq, lastActiveAt: T0 + lastSeq }),
            );
          if (together) await Promise.all(seqs.map(save));
          else for (const seq of seqs) await save(seq);
          await save(Math.min(...seqs));
          const newest = Math.max(...seqs);
          const expected = sampleSummary({ lastSeq: newest, turns: newest, lastActiveAt: T0 + newest });
          expect((await store.get(header.sessionId))?.summary).toEqual(expected);
        }),
        { numRuns: 20 },
      );
    });

    it('saves the summaries of many sessions at once, each by its own number', async () => {
      const headers = [sampleHeader(), sampleHeader(), sampleHeader()];
      for (const header of headers) await store.create(header, sampleSummary());
      const [a, b, c] = headers.map(({ sessionId }) => sessionId);
      if (a === undefined || b === undefined || c === undefined) throw new Error('Three were made.');
      await saveSummary(store, b, sampleSummary({ lastSeq: 9 }));
      await store.saveSummaries([
        { sessionId: a, summary: sampleSummary({ lastSeq: 3 }) },
        { sessionId: newId(), summary: sampleSummary({ lastSeq: 3 }) },
        { sessionId: b, summary: sampleSummary({ lastSeq: 8 }) },
        { sessionId: c, summary: sampleSummary({ lastSeq: 4 }) },
      ]);
      const kept = await Promise.all([a, b, c].map((id) => store.get(id)));
      expect(kept.map((record) => record?.summary.lastSeq)).toEqual([3, 9, 4]);
      await store.saveSummaries([]);
    });

    it('replaces every part of a summary, also by less', async () => {
      const header = sampleHeader();
      const ended = {
        status: 'closed',
        endedAt: T0 + 9,
        terminationReason: 'server_error',
        playerIds: ['x', 'y'],
      } as const;
      await store.create(header, sampleSummary(ended));
      const later = sampleSummary({ lastSeq: 2, status: 'paused', playerIds: ['y'] });
      await saveSummary(store, header.sessionId, later);
      expect(await store.get(header.sessionId)).toEqual({ header, summary: later });
    });

    it('lists the sessions of everyone who has held a seat, newest activity first', async () => {
      const [ann, bob] = [newId(), newId()];
      const make = async (lastActiveAt: number, playerIds: string[]) => {
        const header = sampleHeader({ ownerId: ann });
        return store.create(header, sampleSummary({ lastActiveAt: T0 + lastActiveAt, playerIds }));
      };
      const old = await make(1, [ann]);
      const shared = await make(3, [ann, bob]);
      const fresh = await make(2, [ann]);
      expect(await store.listByPlayer(ann, { limit: 10 })).toEqual([shared, fresh, old]);
      expect(await store.listByPlayer(bob, { limit: 10 })).toEqual([shared]);
    });

    it('pages through a list without gaps or repeats, also among sessions of one moment', async () => {
      const playerId = newId();
      for (let index = 0; index < 23; index += 1) {
        const lastActiveAt = T0 + Math.floor(index / 6);
        await store.create(sampleHeader(), sampleSummary({ lastActiveAt, playerIds: [playerId] }));
      }
      const whole = await store.listByPlayer(playerId, { limit: 100 });
      expect(whole).toHaveLength(23);
      const times = whole.map((record) => record.summary.lastActiveAt);
      expect(times).toEqual(times.toSorted((a, b) => b - a));
      for (const limit of [1, 4, 6, 23]) expect(await allPages(store, playerId, limit)).toEqual(whole);
    });
  });
}
