import { describe, expect, it } from 'vitest';
import { manualTimers, settled } from '../../test/support/manualTimers.ts';
import { modelRequest } from '../../test/support/modelRequest.ts';
import { startScriptedProvider } from '../../test/support/scriptedProvider.ts';
import type { Scenario, ScriptedProvider } from '../../test/support/scriptedProvider.ts';
import { until } from '../../test/support/until.ts';
import { systemTimers } from '../services/timers.ts';
import type { Timers } from '../services/timers.ts';
import type { ModelPrice } from './modelUse.ts';
import { createProviderModel } from './providerModel.ts';

const limits = { firstByteMs: 2_000, silenceMs: 1_000, callMs: 10_000 };

interface Asking {
  readonly timers?: Timers;
  readonly price?: ModelPrice;
}

const endpointAt = ({ baseUrl }: Pick<ScriptedProvider, 'baseUrl'>, asking: Asking = {}) =>
  createProviderModel(
    {
      name: 'openai-compatible',
      modelId: 'm',
      baseUrl,
      apiKey: 'k',
      askForCost: { usage: { include: true } },
    },
    {
      timers: asking.timers ?? systemTimers(),
      now: () => performance.now(),
      limits,
      price: asking.price ?? null,
    },
  );

const noText = (): void => undefined;

describe('a model behind a provider', () => {
  it('shows its text as it grows and returns the whole, with its use and its times', async () => {
    await using upstream = await startScriptedProvider({ cost: 0.0125 });
    const seen: string[] = [];
    const result = await endpointAt(upstream).call(modelRequest(), (text) => seen.push(text));
    expect(seen).toEqual(['It ', 'It opens.']);
    expect(result).toEqual({
      ending: { ok: true, text: 'It opens.' },
      use: { inputTokens: 6, outputTokens: 3, isEstimated: false, costUsd: 0.0125 },
      firstByteMs: expect.any(Number),
      totalMs: expect.any(Number),
    });
    expect(result.totalMs).toBeGreaterThanOrEqual(result.firstByteMs ?? Infinity);
  });

  it('is told the rules as system and the player as user, and asked for its use', async () => {
    await using upstream = await startScriptedProvider();
    const endpoint = endpointAt(upstream);
    await endpoint.call(modelRequest(), noText);
    expect(upstream.calls[0]?.headers.authorization).toBe('Bearer k');
    expect(upstream.calls[0]?.body).toMatchObject({
      model: 'm',
      stream: true,
      stream_options: { include_usage: true },
      usage: { include: true },
      max_tokens: endpoint.parameters['maxOutputTokens'],
      messages: [
        { role: 'system', content: 'Be a barnacle.' },
        { role: 'user', content: 'I wave.' },
      ],
    });
  });

  it('keeps its connection open: twenty calls use one', async () => {
    await using upstream = await startScriptedProvider();
    const endpoint = endpointAt(upstream);
    for (let call = 0; call < 20; call += 1) {
      expect(await endpoint.call(modelRequest(), noText)).toMatchObject({ ending: { ok: true } });
      // A connection is free again a turn of the event loop after its answer.
      await settled();
    }
    expect({ calls: upstream.calls.length, connections: upstream.connections }).toEqual({
      calls: 20,
      connections: 1,
    });
  });

  it.each<[Scenario, { reason: string; isRetryable: boolean; retryAfterMs?: number | null }]>([
    ['rateLimited', { reason: 'model/unavailable', isRetryable: true, retryAfterMs: 3_000 }],
    ['broken', { reason: 'model/unavailable', isRetryable: true, retryAfterMs: null }],
    ['unpaid', { reason: 'model/refused', isRetryable: false }],
    ['cut', { reason: 'model/unavailable', isRetryable: true }],
    ['unfinished', { reason: 'model/unavailable', isRetryable: true }],
    ['rateLimitedInStream', { reason: 'model/unavailable', isRetryable: true, retryAfterMs: null }],
    ['garbage', { reason: 'model/unavailable', isRetryable: true }],
    ['refuses', { reason: 'model/refused', isRetryable: false }],
    ['endless', { reason: 'model/refused', isRetryable: false }],
  ])('fails when the provider is %s, after one call', async (scenario, failure) => {
    await using upstream = await startScriptedProvider({ retryAfter: '3' });
    upstream.play(scenario);
    const { ending } = await endpointAt(upstream).call(modelRequest(), noText);
    expect(ending).toMatchObject({ ok: false, failure });
    expect(upstream.calls).toHaveLength(1);
  });

  it('takes an answer in one piece from a server that does not stream', async () => {
    await using upstream = await startScriptedProvider();
    upstream.play('whole');
    const seen: string[] = [];
    const { ending } = await endpointAt(upstream).call(modelRequest(), (text) => seen.push(text));
    expect(ending).toEqual({ ok: true, text: 'It opens.' });
    expect(seen).toEqual(['It opens.']);
  });

  it('understands text whose letters were cut in two on the way', async () => {
    await using upstream = await startScriptedProvider({ pieces: () => ['Ö', '🐚', 'ffnet.'] });
    upstream.play('torn');
    const { ending } = await endpointAt(upstream).call(modelRequest(), noText);
    expect(ending).toEqual({ ok: true, text: 'Ö🐚ffnet.' });
  });

  it('passes on what is no answer to the question: whoever asked can tell', async () => {
    await using upstream = await startScriptedProvider();
    upstream.play('wrongJson');
    const { ending } = await endpointAt(upstream).call(modelRequest(), noText);
    expect(ending).toEqual({ ok: true, text: '{"weather": ["rain"]}' });
  });

  it('fails as unavailable when nobody listens, and has used nothing', async () => {
    const result = await endpointAt({ baseUrl: 'http://127.0.0.1:1/v1' }).call(modelRequest(), noText);
    expect(result).toMatchObject({
      ending: { ok: false, failure: { reason: 'model/unavailable', isRetryable: true } },
      use: { inputTokens: 0, outputTokens: 0, costUsd: 0 },
      firstByteMs: null,
    });
  });

  it('says at once that a question that is no longer wanted is cancelled, and asks nobody', async () => {
    await using upstream = await startScriptedProvider();
    const request = modelRequest({ cancellation: AbortSignal.abort() });
    const { ending } = await endpointAt(upstream).call(request, noText);
    expect(ending).toMatchObject({ failure: { reason: 'model/cancelled' } });
    expect(upstream.calls).toHaveLength(0);
  });

  it('lets go of the provider when the reply is no longer wanted, and counts what was used', async () => {
    await using upstream = await startScriptedProvider();
    upstream.play('stall');
    const cancellation = new AbortController();
    const request = modelRequest({ cancellation: cancellation.signal });
    const result = await endpointAt(upstream).call(request, () => cancellation.abort());
    expect(result).toMatchObject({
      ending: { ok: false, failure: { reason: 'model/cancelled', isRetryable: false } },
      use: { isEstimated: true, outputTokens: 1 },
    });
    await until(() => upstream.abandoned === 1);
  });
});

describe('the time that a call may take', () => {
  it.each<[string, Scenario, number]>([
    ['until the first byte', 'hang', limits.firstByteMs],
    ['of silence in the middle of the text', 'stall', limits.silenceMs],
    ['in all', 'slow', limits.callMs],
  ])('ends %s', async (_which, scenario, ms) => {
    const timers = manualTimers();
    const never = Promise.withResolvers<void>();
    let pieces = 0;
    await using upstream = await startScriptedProvider({
      pieces: () => Array<string>(20).fill('on '),
      // Just not silent for too long, until the whole takes too long.
      pace: async () => {
        pieces += 1;
        if (pieces > 12) await never.promise;
      },
    });
    upstream.play(scenario);
    let shown = 0;
    const asked = endpointAt(upstream, { timers }).call(modelRequest(), () => {
      shown += 1;
      if (scenario === 'slow' && shown < 12) timers.advance(limits.silenceMs - 1);
    });
    await until(() => upstream.calls.length === 1 && (scenario === 'hang' || shown > 0));
    if (scenario !== 'slow') timers.advance(ms);
    expect(await asked).toMatchObject({
      ending: { ok: false, failure: { reason: 'model/timeout' } },
      use: { isEstimated: true },
    });
    expect(timers.pending).toBe(0);
    await until(() => upstream.abandoned === 1);
  });

  it('leaves no timer behind when the answer came', async () => {
    const timers = manualTimers();
    await using upstream = await startScriptedProvider();
    await endpointAt(upstream, { timers }).call(modelRequest(), noText);
    expect(timers.pending).toBe(0);
  });
});

describe('the use of a call', () => {
  it('is priced where the provider names no cost', async () => {
    await using upstream = await startScriptedProvider();
    const { use } = await endpointAt(upstream, { price: { input: 1, output: 2 } }).call(
      modelRequest(),
      noText,
    );
    expect(use).toEqual({ inputTokens: 6, outputTokens: 3, isEstimated: false, costUsd: 12 / 1_000_000 });
  });

  it('is estimated where the provider does not tell it, rather too high than too low', async () => {
    await using upstream = await startScriptedProvider({ tellsUse: false });
    const { use } = await endpointAt(upstream).call(modelRequest(), noText);
    expect(use).toEqual({ inputTokens: 7, outputTokens: 3, isEstimated: true, costUsd: null });
  });

  it.each<Scenario>(['rateLimited', 'broken', 'unpaid'])(
    'is nothing when the provider is %s',
    async (scenario) => {
      await using upstream = await startScriptedProvider();
      upstream.play(scenario);
      const { use } = await endpointAt(upstream).call(modelRequest(), noText);
      expect(use).toEqual({ inputTokens: 0, outputTokens: 0, isEstimated: false, costUsd: 0 });
    },
  );
});
