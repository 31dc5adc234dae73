import { beforeEach, describe, expect, it } from 'vitest';
import type { ModelCall, ModelCallPage, ModelCallStore } from '../ports.ts';
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
      const outside = sampleCall({ occasion: null, at: T0 + 1_000_000 });
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
  });
}
