import { describe, expect, it } from 'vitest';
import { manualTimers, settled } from '../../test/support/manualTimers.ts';
import { modelRequest } from '../../test/support/modelRequest.ts';
import { createMemoryModelCallStore } from '../store/memory/modelCallStore.ts';
import { StoreUnavailable } from '../store/storeErrors.ts';
import { cancelled } from './callFailure.ts';
import { createCallRecorder } from './callRecorder.ts';
import type { CallResult, ModelEndpoint } from './modelEndpoint.ts';

const use = { inputTokens: 6, outputTokens: 3, isEstimated: false, costUsd: 0.5 };
const answered: CallResult = { ending: { ok: true, text: 'Secret.' }, use, firstByteMs: 3.6, totalMs: 40.2 };

const endpoint: ModelEndpoint = {
  provider: 'openrouter',
  modelId: 'some/model',
  parameters: { maxOutputTokens: 9 },
  mostMs: 60_000,
  estimate: () => use,
  most: () => use,
  call: () => Promise.reject(new Error('Nobody asks.')),
};

function recording() {
  const timers = manualTimers(1_000_000);
  const store = createMemoryModelCallStore();
  const faults: { fault: unknown; lost: number }[] = [];
  let refusals: unknown[] = [];
  let ids = 0;
  const recorder = createCallRecorder({
    store: {
      add: async (calls) => {
        const refusal = refusals.shift();
        if (refusal !== undefined) throw refusal;
        await store.add(calls);
      },
    },
    timers,
    now: () => timers.clock.now(),
    newId: () => `call-${(ids += 1)}`,
    onFault: (fault, lost) => void faults.push({ fault, lost }),
  });
  return {
    timers,
    recorder,
    faults,
    refuse: (...next: unknown[]) => void (refusals = next),
    kept: () => store.list({ limit: 100 }),
  };
}

describe('the record of a call', () => {
  it('says who was asked what for which turn, what it took and how it ended, and nothing of what was said', async () => {
    const { timers, recorder, kept } = recording();
    const occasion = { sessionId: 's', playerId: 'p', experimentId: 'e', turn: 2, afterSeq: 3 };
    recorder.record(modelRequest({ occasion }), answered, endpoint);
    expect(await kept()).toEqual([]);
    timers.advance(1_000);
    await settled();
    expect(await kept()).toEqual([
      {
        callId: 'call-1',
        at: 1_000_000 - 40,
        role: 'updater',
        task: 'reply',
        provider: 'openrouter',
        model: 'some/model',
        promptVersion: '1',
        promptHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        parameters: { maxOutputTokens: 9 },
        inputTokens: 6,
        outputTokens: 3,
        isEstimated: false,
        costUsd: 0.5,
        firstByteMs: 4,
        totalMs: 40,
        outcome: 'ok',
        occasion,
      },
    ]);
    expect(JSON.stringify(await kept())).not.toMatch(/Secret|barnacle|wave/);
  });

  it('names the prompt by its content, and the failure by its reason', async () => {
    const { recorder, kept } = recording();
    const failed: CallResult = { ...answered, ending: { ok: false, failure: cancelled() } };
    recorder.record(modelRequest(), failed, endpoint);
    recorder.record(modelRequest(), answered, endpoint);
    recorder.record(modelRequest({ prompt: { system: 'Be a newt.', messages: [] } }), answered, endpoint);
    await recorder.stop();
    const [third, second, first] = await kept();
    expect([first?.outcome, second?.outcome]).toEqual(['model/cancelled', 'ok']);
    expect(first?.promptHash).toBe(second?.promptHash);
    expect(third?.promptHash).not.toBe(second?.promptHash);
  });
});

describe('records that cannot be written', () => {
  it('wait for a database that is away, and are written once', async () => {
    const { timers, recorder, faults, refuse, kept } = recording();
    refuse(new StoreUnavailable('gone'), new StoreUnavailable('still gone'));
    recorder.record(modelRequest(), answered, endpoint);
    for (let round = 0; round < 3; round += 1) {
      timers.advance(1_000);
      await settled();
      recorder.record(modelRequest(), answered, endpoint);
    }
    await recorder.stop();
    expect(faults.map(({ lost }) => lost)).toEqual([0, 0]);
    expect(await kept()).toHaveLength(4);
    expect(timers.pending).toBe(0);
  });

  it('are given up and reported when it is not the database that is away, and the others are written', async () => {
    const { recorder, faults, refuse, kept } = recording();
    const fault = new Error('no such record');
    refuse(fault);
    for (let call = 0; call < 201; call += 1) recorder.record(modelRequest(), answered, endpoint);
    await recorder.flush();
    expect(faults).toEqual([{ fault, lost: 200 }]);
    expect(await kept()).toHaveLength(1);
  });

  it('are reported when the server ends before the database is back', async () => {
    const { recorder, faults, refuse } = recording();
    refuse(new StoreUnavailable('gone'));
    recorder.record(modelRequest(), answered, endpoint);
    recorder.record(modelRequest(), answered, endpoint);
    await recorder.stop();
    expect(faults.map(({ lost }) => lost)).toEqual([0, 2]);
  });
});
