import type { SessionRecord } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import type { ExperimentCallPage, ExperimentSessionPage, ModelCall, Stores } from '../ports.ts';
import { sampleCall } from './modelCalls.ts';
import { newId, sampleHeader, sampleSummary, T0 } from './samples.ts';

/** What every store tells of the sessions of an experiment, and of what was asked in them. */
export function describeExperimentSessions(open: () => Stores): void {
  describe('the sessions of an experiment', () => {
    it('are listed in the order in which they were created, page by page', async () => {
      const { sessions } = open();
      const experimentId = newId();
      for (const created of [3, 1, 1, 2, 1]) {
        await sessions.create(sampleHeader({ experimentId, createdAt: T0 + created }), sampleSummary());
      }
      await sessions.create(sampleHeader({ experimentId: newId() }), sampleSummary());
      await sessions.create(sampleHeader(), sampleSummary());
      const whole = await sessions.listByExperiment(experimentId, { limit: 100 });
      expect(whole.map(({ header }) => header.createdAt - T0)).toEqual([1, 1, 1, 2, 3]);
      for (const limit of [1, 2, 4]) {
        const rows: SessionRecord[] = [];
        for (let page: ExperimentSessionPage = { limit }; ;) {
          const found = await sessions.listByExperiment(experimentId, page);
          rows.push(...found);
          const last = found.at(-1)?.header;
          if (last === undefined) break;
          page = { limit, after: last };
        }
        expect(rows).toEqual(whole);
      }
    });

    it('are counted by their status', async () => {
      const { sessions } = open();
      const experimentId = newId();
      expect(await sessions.countByExperiment(experimentId)).toEqual({ active: 0, paused: 0, closed: 0 });
      for (const status of ['active', 'closed', 'active'] as const) {
        await sessions.create(sampleHeader({ experimentId }), sampleSummary({ status }));
      }
      expect(await sessions.countByExperiment(experimentId)).toEqual({ active: 2, paused: 0, closed: 1 });
    });

    it('have their calls listed in the order in which they began, page by page', async () => {
      const { modelCalls } = open();
      const experimentId = newId();
      const occasion = { sessionId: newId(), playerId: newId(), experimentId, turn: 1, afterSeq: 1 };
      const calls = [2, 0, 1, 0, 0].map((later) => sampleCall({ occasion, at: T0 + later }));
      await modelCalls.add([...calls, sampleCall()]);
      const whole = await modelCalls.listByExperiment(experimentId, { limit: 100 });
      expect(whole.map(({ at }) => at - T0)).toEqual([0, 0, 0, 1, 2]);
      for (const limit of [1, 2, 4]) {
        const rows: ModelCall[] = [];
        for (let page: ExperimentCallPage = { limit }; ;) {
          const found = await modelCalls.listByExperiment(experimentId, page);
          rows.push(...found);
          const last = found.at(-1);
          if (last === undefined) break;
          page = { limit, after: last };
        }
        expect(rows).toEqual(whole);
      }
    });
  });
}
