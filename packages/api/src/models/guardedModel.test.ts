import { ModelFailure } from '@dcs/engine';
import type { ModelFailureReason, ModelReply } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import { modelRequest } from '../../test/support/modelRequest.ts';
import { createGuardedModel } from './guardedModel.ts';

const reply: ModelReply = { text: 'Hello.', model: 'm' };
const LEFT_ALONE_MS = 30_000;

function guarded() {
  let now = 0;
  let ending: ModelFailureReason | 'ok' = 'model/unavailable';
  let held: Promise<void> | null = null;
  let calls = 0;
  const model = createGuardedModel(
    {
      id: 'm',
      generate: async () => {
        calls += 1;
        await held;
        if (ending !== 'ok') throw new ModelFailure(ending, 'as the test wants it');
        return reply;
      },
    },
    { now: () => now },
  );
  const ask = () => model.generate(modelRequest(), () => undefined).catch((failure: unknown) => failure);
  return {
    model,
    ask,
    calls: () => calls,
    ends: (as: typeof ending) => void (ending = as),
    hold: (until: Promise<void> | null) => void (held = until),
    pass: (ms: number) => void (now += ms),
    fail: async (times: number) => {
      for (let time = 0; time < times; time += 1) await ask();
    },
  };
}

describe('the breaker of a model', () => {
  it('opens after five failures in a row, and then lets nobody wait', async () => {
    const { model, ask, calls, fail } = guarded();
    await fail(4);
    expect(model.breaker).toBe('closed');
    await fail(1);
    expect(model.breaker).toBe('open');
    expect(await ask()).toMatchObject({ reason: 'model/unavailable', isRetryable: false });
    expect(calls()).toBe(5);
  });

  it('counts only failures in a row, and only those of the model', async () => {
    const { model, ask, ends, fail } = guarded();
    await fail(4);
    ends('ok');
    await ask();
    ends('model/timeout');
    await fail(4);
    ends('model/refused');
    await fail(9);
    ends('model/cancelled');
    await fail(9);
    ends('model/timeout');
    await fail(4);
    expect(model.breaker).toBe('closed');
    await fail(1);
    expect(model.breaker).toBe('open');
  });

  it('lets one question through after a while, and closes when it is answered', async () => {
    const { model, ask, calls, ends, hold, pass, fail } = guarded();
    await fail(5);
    pass(LEFT_ALONE_MS - 1);
    expect(model.breaker).toBe('open');
    pass(1);
    expect(model.breaker).toBe('halfOpen');
    const answer = Promise.withResolvers<void>();
    hold(answer.promise);
    ends('ok');
    const trial = ask();
    expect(await ask()).toMatchObject({ reason: 'model/unavailable' });
    expect(calls()).toBe(6);
    answer.resolve();
    expect(await trial).toEqual(reply);
    expect(model.breaker).toBe('closed');
  });

  it('opens again when that question fails, and tries another one when it was given up', async () => {
    const { model, ask, calls, ends, pass, fail } = guarded();
    await fail(5);
    pass(LEFT_ALONE_MS);
    await ask();
    expect(model.breaker).toBe('open');
    pass(LEFT_ALONE_MS);
    ends('model/cancelled');
    await ask();
    expect(model.breaker).toBe('halfOpen');
    ends('ok');
    expect(await ask()).toEqual(reply);
    expect(calls()).toBe(8);
  });
});
