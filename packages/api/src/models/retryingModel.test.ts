import type { LanguageModel, ModelReply } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import { manualTimers, settled } from '../../test/support/manualTimers.ts';
import { modelRequest } from '../../test/support/modelRequest.ts';
import { CallFailure } from './callFailure.ts';
import { createRetryingModel } from './retryingModel.ts';

const reply: ModelReply = { text: 'Hello.', model: 'm' };

const busy = (retryAfterMs: number | null = null) =>
  new CallFailure('model/unavailable', 'Busy.', { isRetryable: true, retryAfterMs });

/** A model that ends as told, call by call, and waits as long as it may. */
function retrying(...endings: readonly (CallFailure | ModelReply)[]) {
  const timers = manualTimers();
  const left = [...endings];
  let calls = 0;
  const model: LanguageModel = {
    id: 'm',
    generate: async () => {
      calls += 1;
      const ending = left.shift() ?? reply;
      if (ending instanceof CallFailure) throw ending;
      return ending;
    },
  };
  const asked = createRetryingModel(model, { timers, random: () => 1 });
  const ask = (request = modelRequest()) =>
    asked.generate(request, () => undefined).catch((failure: unknown) => failure);
  return { timers, ask, calls: () => calls };
}

describe('a model that is asked again', () => {
  it('answers after failures that pass, waiting longer each time', async () => {
    const { timers, ask, calls } = retrying(busy(), busy());
    const asked = ask();
    for (const [wait, so] of [
      [500, 1],
      [1_000, 2],
    ] as const) {
      await settled();
      timers.advance(wait - 1);
      await settled();
      expect(calls()).toBe(so);
      timers.advance(1);
    }
    expect(await asked).toEqual(reply);
    expect(calls()).toBe(3);
  });

  it('waits as long as the provider asks', async () => {
    const { timers, ask, calls } = retrying(busy(7_000));
    const asked = ask();
    await settled();
    timers.advance(6_999);
    await settled();
    expect(calls()).toBe(1);
    timers.advance(1);
    expect(await asked).toEqual(reply);
  });

  it('does not keep a player waiting for a provider that asks for longer', async () => {
    const failure = busy(60_000);
    const { ask, calls } = retrying(failure);
    expect(await ask()).toBe(failure);
    expect(calls()).toBe(1);
  });

  it('gives up after three calls, as the last one failed', async () => {
    const last = busy();
    const { timers, ask, calls } = retrying(busy(), busy(), last);
    const asked = ask();
    for (let wait = 0; wait < 2; wait += 1) {
      await settled();
      timers.advance(1_000);
    }
    expect(await asked).toBe(last);
    expect(calls()).toBe(3);
  });

  it('is not asked again when that would not help', async () => {
    const failure = new CallFailure('model/refused', 'No.');
    const { ask, calls } = retrying(failure);
    expect(await ask()).toBe(failure);
    expect(calls()).toBe(1);
  });

  it('is not asked again when the reply is no longer wanted', async () => {
    const { timers, ask, calls } = retrying(busy());
    const cancellation = new AbortController();
    const asked = ask(modelRequest({ cancellation: cancellation.signal }));
    await settled();
    cancellation.abort();
    expect(await asked).toMatchObject({ reason: 'model/cancelled' });
    expect({ calls: calls(), timers: timers.pending }).toEqual({ calls: 1, timers: 0 });
  });
});
