import { beforeEach, describe, expect, it } from 'vitest';
import type { ModelCall, ModelCallFilter, ModelCallPage, ModelCallStore } from '../ports.ts';
import { newId, T0 } from './samples.ts';

export function sampleCall(over: Partial<ModelCall> = {}): ModelCall {
  return {
    callId: newId(),
    at: T0,
    role: 'updater',
    task: 'reply',
    provider: 'openrouter',
    model: 'some/model',
    promptVersion: '3',
    promptHash: 'a'.repeat(64),
    parameters: { maxOutputTokens: 2_000 },
    inputTokens: 900,
    outputTokens: 80,
    isEstimated: false,
    costUsd: 0.25,
    firstByteMs: 300,
    totalMs: 1_200,
    outcome: 'ok',
    occasion: { sessionId: newId(), playerId: newId(), experimentId: null, turn: 2, afterSeq: 3 },
    ...over,
  };
}

/** What all records of calls do. */
export function describeModelCalls(open: () => ModelCallStore): void {
  describe('the records of calls', () => {
    let calls: ModelCallStore;
    beforeEach(() => {
      calls = open();
    });

    const occasion = () => ({
      sessionId: newId(),
      playerId: newId(),
      experimentId: newId(),
      turn: 2,
      afterSeq: 3,
    });

    it('give back what was added, also what is round, unknown or missing', async () => {
      const at = occasion();
      const added = [
        sampleCall({ occasion: at, at: T0 + 3, costUsd: 1 }),
        sampleCall({ occasion: at, at: T0 + 2, costUsd: 0, outputTokens: 0, outcome: 'limit/model-cost' }),
        sampleCall({ occasion: at, at: T0 + 1, costUsd: null, firstByteMs: null, outcome: 'model/timeout' }),
      ];
      await calls.add(added);
      expect(await calls.list({ limit: 9, sessionId: at.sessionId })).toEqual(added);
      // Later than all other calls of these tests.
      const outside = sampleCall({ occasion: null, at: T0 + 20_000_000_000 });
      await calls.add([outside]);
      expect(await calls.list({ limit: 1 })).toEqual([outside]);
    });

    it('keep the first of what is added again, and the rest of its batch', async () => {
      const at = occasion();
      const [first, second] = [sampleCall({ occasion: at, at: T0 + 1 }), sampleCall({ occasion: at })];
      await calls.add([first]);
      await calls.add([]);
      await calls.add([{ ...first, outputTokens: 7 }, second]);
      expect(await calls.list({ limit: 9, sessionId: at.sessionId })).toEqual([first, second]);
    });

    it('are listed newest first, page by page', async () => {
      const at = occasion();
      const added = Array.from({ length: 7 }, (_, index) =>
        sampleCall({ occasion: at, at: T0 + Math.floor(index / 3) }),
      );
      await calls.add(added);
      const whole = await calls.list({ limit: 100, sessionId: at.sessionId });
      expect(whole.map((call) => call.at)).toEqual(added.map((call) => call.at).toSorted((a, b) => b - a));
      for (const limit of [1, 2, 5]) {
        const pages: ModelCall[] = [];
        let page: ModelCallPage = { limit, sessionId: at.sessionId };
        for (;;) {
          const rows = await calls.list(page);
          pages.push(...rows);
          const last = rows.at(-1);
          if (last === undefined) break;
          page = { limit, sessionId: at.sessionId, before: last };
        }
        expect(pages).toEqual(whole);
      }
    });

    it('are summed up by model and role, for a session, a player, an experiment and a time', async () => {
      const [at, other] = [occasion(), occasion()];
      const mine = { ...other, playerId: at.playerId };
      await calls.add([
        sampleCall({ occasion: at }),
        sampleCall({ occasion: at, costUsd: null, outcome: 'model/timeout', at: T0 + 50 }),
        sampleCall({ occasion: at, role: 'playerJudge' }),
        sampleCall({ occasion: mine, provider: 'huggingface', at: T0 + 50 }),
      ]);
      const whole = await calls.sums({ sessionId: at.sessionId });
      const sum = { provider: 'openrouter', model: 'some/model' };
      expect(whole).toEqual([
        {
          ...sum,
          role: 'playerJudge',
          calls: 1,
          failures: 0,
          inputTokens: 900,
          outputTokens: 80,
          costUsd: 0.25,
          unpriced: 0,
          totalMs: 1_200,
        },
        {
          ...sum,
          role: 'updater',
          calls: 2,
          failures: 1,
          inputTokens: 1_800,
          outputTokens: 160,
          costUsd: 0.25,
          unpriced: 1,
          totalMs: 2_400,
        },
      ]);
      const ofPlayer = await calls.sums({ playerId: at.playerId });
      expect(ofPlayer.map(({ provider, role }) => `${provider}/${role}`)).toEqual([
        'huggingface/updater',
        'openrouter/playerJudge',
        'openrouter/updater',
      ]);
      const since = await calls.sums({ playerId: at.playerId, since: T0 + 50 });
      expect(since.map(({ calls: count }) => count)).toEqual([1, 1]);
      const ofExperiment = await calls.sums({ experimentId: at.experimentId });
      expect(ofExperiment).toEqual(whole);
      expect(await calls.sums({ experimentId: other.experimentId })).toHaveLength(1);
      expect(await calls.sums({ sessionId: newId() })).toEqual([]);
    });

    it('are found by role, by provider and by model', async () => {
      const at = occasion();
      const { sessionId } = at;
      await calls.add([
        sampleCall({ occasion: at }),
        sampleCall({ occasion: at, role: 'scorer' }),
        sampleCall({ occasion: at, provider: 'huggingface', outcome: 'model/timeout' }),
        sampleCall({ occasion: at, model: 'other/model', outcome: 'model/refused' }),
      ]);
      const found = async (filter: ModelCallFilter) =>
        (await calls.sums({ sessionId, ...filter })).map(({ provider, model, role }) =>
          [provider, model, role].join(' '),
        );
      const [usual, scored] = ['openrouter some/model updater', 'openrouter some/model scorer'];
      const [elsewhere, other] = ['huggingface some/model updater', 'openrouter other/model updater'];
      expect(await found({ role: 'scorer' })).toEqual([scored]);
      expect(await found({ role: 'updater' })).toEqual([elsewhere, other, usual]);
      expect(await found({ provider: 'openrouter' })).toEqual([other, scored, usual]);
      expect(await found({ model: 'some/model' })).toEqual([elsewhere, scored, usual]);
      expect(await found({ provider: 'huggingface', model: 'some/model' })).toEqual([elsewhere]);
      expect(await found({ provider: 'huggingface', model: 'other/model' })).toEqual([]);
      const { latencies, failures, days } = await calls.figures({ sessionId, provider: 'huggingface' });
      expect(latencies).toHaveLength(1);
      expect(failures).toMatchObject([{ provider: 'huggingface', outcome: 'model/timeout' }]);
      expect(days).toMatchObject([{ calls: 1, failures: 1 }]);
    });

    it('tell how long answers took, what went wrong and what each day brought', async () => {
      const at = occasion();
      const hour = 3_600_000;
      const midnight = Date.UTC(2026, 0, 2);
      const times = [100, 200, 300].map((ms) =>
        sampleCall({ occasion: at, at: midnight, firstByteMs: ms, totalMs: 2 * ms }),
      );
      await calls.add([
        ...times,
        sampleCall({
          occasion: at,
          at: midnight - hour,
          outcome: 'model/timeout',
          firstByteMs: null,
          totalMs: 9_000,
          costUsd: null,
        }),
        sampleCall({
          occasion: at,
          at: midnight - hour,
          outcome: 'model/timeout',
          role: 'scorer',
          firstByteMs: null,
        }),
        sampleCall({ occasion: at, at: midnight - hour, outcome: 'model/refused', firstByteMs: 100 }),
      ]);
      const { latencies, failures, days } = await calls.figures({ sessionId: at.sessionId });
      const model = { provider: 'openrouter', model: 'some/model' };
      expect(latencies).toEqual([
        { ...model, role: 'scorer', firstByte: null, total: null },
        { ...model, role: 'updater', firstByte: expect.anything(), total: { p50Ms: 400, p95Ms: 600 } },
      ]);
      expect(failures).toEqual([
        { ...model, outcome: 'model/timeout', calls: 2 },
        { ...model, outcome: 'model/refused', calls: 1 },
      ]);
      expect(days).toEqual([
        {
          day: '2026-01-01',
          calls: 3,
          failures: 3,
          inputTokens: 2_700,
          outputTokens: 240,
          costUsd: 0.5,
          unpriced: 1,
          totalMs: 11_400,
        },
        {
          day: '2026-01-02',
          calls: 3,
          failures: 0,
          inputTokens: 2_700,
          outputTokens: 240,
          costUsd: 0.75,
          unpriced: 0,
          totalMs: 1_200,
        },
      ]);
      expect(await calls.figures({ sessionId: newId() })).toEqual({ latencies: [], failures: [], days: [] });
    });

    it('tell the most that one turn, session, player or experiment has used', async () => {
      // Later than all other calls of these tests that were made for somebody.
      const since = T0 + 10_000_000_000;
      const [at, other] = [occasion(), occasion()];
      const call = (over: Partial<ModelCall>) =>
        sampleCall({ at: since, inputTokens: 100, outputTokens: 0, costUsd: 1, totalMs: 10, ...over });
      await calls.add([
        call({ occasion: at }),
        call({ occasion: { ...at, afterSeq: 9 }, costUsd: null }),
        call({ occasion: { ...at, sessionId: other.sessionId } }),
        call({ occasion: { ...other, experimentId: null }, costUsd: 5, totalMs: 15 }),
        call({ occasion: null, costUsd: 100 }),
      ]);
      const byTurn = { id: other.sessionId, turn: { turn: 2, afterSeq: 3 } };
      expect(await calls.highest('turn', since)).toEqual({
        tokens: { amount: 200, by: byTurn },
        dollars: { amount: 6, by: byTurn },
        ms: { amount: 25, by: byTurn },
      });
      const payer = (id: string) => ({ id, turn: null });
      const [firstOfTwo = ''] = [at.sessionId, other.sessionId].toSorted();
      expect(await calls.highest('session', since)).toEqual({
        tokens: { amount: 200, by: payer(firstOfTwo) },
        dollars: { amount: 6, by: payer(other.sessionId) },
        ms: { amount: 25, by: payer(other.sessionId) },
      });
      expect(await calls.highest('player', since)).toEqual({
        tokens: { amount: 300, by: payer(at.playerId) },
        dollars: { amount: 5, by: payer(other.playerId) },
        ms: { amount: 30, by: payer(at.playerId) },
      });
      const ofExperiment = { by: payer(at.experimentId) };
      expect(await calls.highest('experiment', since)).toEqual({
        tokens: { amount: 300, ...ofExperiment },
        dollars: { amount: 2, ...ofExperiment },
        ms: { amount: 30, ...ofExperiment },
      });
      const nobody = { amount: 0, by: null };
      expect(await calls.highest('player', since + 1)).toEqual({
        tokens: nobody,
        dollars: nobody,
        ms: nobody,
      });
    });
  });
}
