import type { ModelOccasion, ModelRequest } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import { manualTimers, settled } from '../../test/support/manualTimers.ts';
import { modelRequest } from '../../test/support/modelRequest.ts';
import { createMemoryModelCallStore } from '../store/memory/modelCallStore.ts';
import { StoreUnavailable } from '../store/storeErrors.ts';
import { UNLIMITED } from './account.ts';
import { createModelBudget } from './budget.ts';
import type { Caps } from './budget.ts';
import { callFailureFrom } from './callFailure.ts';
import { createCallRecorder } from './callRecorder.ts';
import { createEndpointModel } from './endpointModel.ts';
import { createExperimentCaps } from './experimentCaps.ts';
import type { CallResult, ModelEndpoint, ModelUse } from './modelEndpoint.ts';
import { createStopper } from './stopper.ts';

const PROMPT_TOKENS = 10;
const MOST_OUTPUT = 40;
const MOST_MS = 500;

/** A cent for each token. */
const useOf = (outputTokens: number, isEstimated = false): ModelUse => ({
  inputTokens: PROMPT_TOKENS,
  outputTokens,
  isEstimated,
  costUsd: (PROMPT_TOKENS + outputTokens) / 100,
});

/** One call that is under way: its model writes when the test says so, a character for each token. */
interface OpenCall {
  readonly request: ModelRequest;
  write(tokens: number): void;
  finish(): void;
}

/** An endpoint that is played by the test, in the time of the test. */
function playedEndpoint(now: () => number) {
  const open: OpenCall[] = [];
  let made = 0;
  const endpoint: ModelEndpoint = {
    provider: 'p',
    modelId: 'm',
    parameters: {},
    mostMs: MOST_MS,
    estimate: (_request, outputLength) => useOf(outputLength, true),
    most: () => useOf(MOST_OUTPUT, true),
    call: (request, onText) =>
      new Promise<CallResult>((resolve) => {
        made += 1;
        const from = now();
        const stopper = createStopper(request.cancellation);
        let text = '';
        const end = (ending: CallResult['ending']): void => {
          resolve({ ending, use: useOf(text.length), firstByteMs: 1, totalMs: now() - from });
        };
        stopper.signal.addEventListener('abort', () =>
          end({ ok: false, failure: callFailureFrom(stopper.failure, 'p:m', 0) }),
        );
        open.push({
          request,
          write: (tokens) => {
            text += 'x'.repeat(tokens);
            onText(text);
          },
          finish: () => end({ ok: true, text }),
        });
      }),
  };
  return { endpoint, open, made: () => made };
}

const occasion = (change: Partial<ModelOccasion> = {}): ModelOccasion => ({
  sessionId: 's',
  playerId: 'p',
  experimentId: null,
  turn: 2,
  afterSeq: 3,
  ...change,
});

const NO_CAPS: Caps = {
  turn: UNLIMITED,
  session: UNLIMITED,
  player: UNLIMITED,
  playerWindowMs: 1_000,
  experiment: UNLIMITED,
};

function capped(change: Partial<Caps>, store = createMemoryModelCallStore()) {
  const experiments = createExperimentCaps();
  const timers = manualTimers();
  const now = (): number => timers.clock.now();
  const played = playedEndpoint(now);
  let ids = 0;
  const recorder = createCallRecorder({
    store,
    timers: manualTimers(),
    now,
    newId: () => `${now()}/${(ids += 1)}`,
    onFault: (fault) => {
      throw fault;
    },
  });
  const budget = createModelBudget({
    caps: { ...NO_CAPS, ...change },
    experiments,
    store,
    recorded: () => recorder.flush(),
    now,
  });
  const model = createEndpointModel(played.endpoint, {
    timers,
    budget,
    onCall: (...call) => recorder.record(...call),
  });
  const seen: string[] = [];
  const ask = (at: ModelOccasion | null = occasion(), cancellation?: AbortSignal) => {
    const request = modelRequest({ occasion: at, ...(cancellation === undefined ? {} : { cancellation }) });
    return model.generate(request, (text) => seen.push(text)).catch((failure: unknown) => failure);
  };
  /** A whole call that writes so much. */
  const askFor = async (tokens: number, at?: ModelOccasion) => {
    const asked = ask(at);
    await settled();
    const call = played.open.at(-1);
    call?.write(tokens);
    call?.finish();
    return asked;
  };
  const spentTokens = async () => {
    await recorder.flush();
    const sums = await store.sums({});
    return sums.reduce((sum, { inputTokens, outputTokens }) => sum + inputTokens + outputTokens, 0);
  };
  return { ...played, timers, recorder, store, experiments, ask, askFor, seen, spentTokens };
}

const tokens = (most: number) => ({ ...UNLIMITED, tokens: most });

describe('a model with a cap', () => {
  it('is not asked when nothing is left', async () => {
    const { askFor, ask, made } = capped({ session: tokens(30) });
    expect(await askFor(20)).toMatchObject({ model: 'p:m' });
    expect(await ask()).toMatchObject({
      name: 'CallFailure',
      reason: 'limit/model-tokens',
      isRetryable: false,
    });
    expect(made()).toBe(1);
  });

  it('is not asked when not even the question fits', async () => {
    const { askFor, ask, made } = capped({ session: tokens(30) });
    await askFor(11);
    expect(await ask()).toMatchObject({ reason: 'limit/model-tokens' });
    expect(made()).toBe(1);
  });

  it('is stopped in the middle of a text that goes beyond it, and its record says so', async () => {
    const { ask, open, seen, spentTokens, recorder, store } = capped({
      session: { ...UNLIMITED, dollars: 0.15 },
    });
    const asked = ask();
    await settled();
    open[0]?.write(5);
    open[0]?.write(1);
    expect(await asked).toMatchObject({ reason: 'limit/model-cost' });
    expect(seen).toEqual(['xxxxx']);
    expect(await spentTokens()).toBe(PROMPT_TOKENS + 6);
    await recorder.flush();
    expect(await store.list({ limit: 9 })).toMatchObject([
      { outcome: 'limit/model-cost', occasion: occasion() },
    ]);
  });

  it('is stopped when its time is spent', async () => {
    const { ask, open, timers } = capped({ session: { ...UNLIMITED, ms: 300 } });
    const asked = ask();
    await settled();
    timers.advance(299);
    open[0]?.write(1);
    timers.advance(1);
    expect(await asked).toMatchObject({ reason: 'limit/model-time' });
    expect(await ask()).toMatchObject({ reason: 'limit/model-time' });
    expect(timers.pending).toBe(0);
  });

  it('lets calls side by side while all of them fit, and near the cap one after the other', async () => {
    const { ask, open, spentTokens } = capped({ turn: tokens(2 * (PROMPT_TOKENS + MOST_OUTPUT)) });
    const asked = [ask(), ask(), ask()];
    await settled();
    expect(open).toHaveLength(2);
    open[0]?.write(MOST_OUTPUT);
    open[0]?.finish();
    await settled();
    expect(open).toHaveLength(2);
    open[1]?.write(20);
    open[1]?.finish();
    await settled();
    expect(open).toHaveLength(3);
    open[2]?.write(10);
    open[2]?.finish();
    const replies = await Promise.all(asked);
    expect(replies.map((reply) => reply instanceof Error)).toEqual([false, false, false]);
    expect(await spentTokens()).toBe(100);
    expect(await ask()).toMatchObject({ reason: 'limit/model-tokens' });
  });

  it('is never exceeded by more than the rest of one call, however many come at once', async () => {
    const cap = 60;
    const { ask, open, spentTokens } = capped({ session: tokens(cap) });
    const asked = Array.from({ length: 20 }, () => ask());
    for (let done = 0; done < 20; done += 1) {
      await settled();
      // A model that writes all that it may in one piece: nothing can stop it in between.
      open[done]?.write(MOST_OUTPUT);
      open[done]?.finish();
    }
    const refused = (await Promise.all(asked)).filter((reply) => reply instanceof Error);
    expect(refused.length).toBeGreaterThanOrEqual(18);
    expect(await spentTokens()).toBeLessThanOrEqual(cap + PROMPT_TOKENS + MOST_OUTPUT);
  });

  it('does not keep those waiting who no longer want an answer', async () => {
    const { ask, open } = capped({ session: tokens(PROMPT_TOKENS + MOST_OUTPUT) });
    const first = ask();
    await settled();
    const cancellation = new AbortController();
    const second = ask(occasion(), cancellation.signal);
    await settled();
    cancellation.abort();
    expect(await second).toMatchObject({ reason: 'model/cancelled' });
    open[0]?.finish();
    expect(await first).toMatchObject({ model: 'p:m' });
  });
});

describe('what a cap is for', () => {
  it('is one turn, one session or one player, and nothing outside a session', async () => {
    const caps = { turn: tokens(20), session: tokens(40), player: tokens(60) };
    const { askFor, ask, made } = capped(caps);
    await askFor(10);
    expect(await ask()).toMatchObject({ message: expect.stringContaining('turn') });
    await askFor(10, occasion({ afterSeq: 7 }));
    expect(await ask(occasion({ afterSeq: 9 }))).toMatchObject({
      message: expect.stringContaining('session'),
    });
    await askFor(10, occasion({ sessionId: 't' }));
    expect(await ask(occasion({ sessionId: 'u' }))).toMatchObject({
      message: expect.stringContaining('player'),
    });
    expect(made()).toBe(3);
    await askFor(10, occasion({ sessionId: 'v', playerId: 'q' }));
    expect(made()).toBe(4);
    void ask(null);
    await settled();
    expect(made()).toBe(5);
  });

  it('is one experiment: all sessions of all its players, and no other', async () => {
    const { askFor, ask, made, recorder, store } = capped({ experiment: tokens(40) });
    const taking = (change: Partial<ModelOccasion>) => occasion({ experimentId: 'e', ...change });
    await askFor(10, taking({}));
    await askFor(10, taking({ sessionId: 't', playerId: 'q' }));
    expect(await ask(taking({ sessionId: 'u', playerId: 'r' }))).toMatchObject({
      reason: 'limit/model-tokens',
      message: expect.stringContaining('experiment'),
    });
    await askFor(10, occasion({ experimentId: 'f' }));
    await askFor(10, occasion());
    expect(made()).toBe(4);
    await recorder.stop();
    const next = capped({ experiment: tokens(40) }, store);
    expect(await next.ask(taking({ sessionId: 'v' }))).toMatchObject({ reason: 'limit/model-tokens' });
  });

  it('is what an experiment says of its own, beside the settings and for nothing else', async () => {
    const { askFor, ask, made, experiments } = capped({});
    experiments.put('e', { player: { tokens: 30 } });
    const taking = (change: Partial<ModelOccasion>) => occasion({ experimentId: 'e', ...change });
    await askFor(30, occasion());
    await askFor(10, taking({ sessionId: 't' }));
    await askFor(10, taking({ sessionId: 'u' }));
    expect(await ask(taking({ sessionId: 'v' }))).toMatchObject({ reason: 'limit/model-tokens' });
    await askFor(10, taking({ sessionId: 'w', playerId: 'q' }));
    await askFor(10, occasion({ experimentId: 'f' }));
    expect(made()).toBe(5);
  });

  it('is raised at once when an experiment raises it, and what was spent stays spent', async () => {
    const { askFor, ask, experiments } = capped({});
    const taking = occasion({ experimentId: 'e' });
    experiments.put('e', { experiment: { tokens: 30 } });
    await askFor(25, taking);
    expect(await ask(taking)).toMatchObject({ reason: 'limit/model-tokens' });
    experiments.put('e', { experiment: { tokens: 60 } });
    expect(await askFor(5, taking)).toMatchObject({ model: 'p:m' });
    experiments.put('e', { experiment: { tokens: 40 } });
    expect(await ask(taking)).toMatchObject({ reason: 'limit/model-tokens' });
  });

  it('ends a text in the middle for whatever it is', async () => {
    for (const scope of ['turn', 'session', 'player', 'experiment'] as const) {
      const { ask, open, seen } = capped({ [scope]: tokens(PROMPT_TOKENS + 5) });
      const asked = ask(occasion({ experimentId: 'e' }));
      await settled();
      open[0]?.write(5);
      open[0]?.write(1);
      expect(await asked).toMatchObject({ reason: 'limit/model-tokens' });
      expect(seen).toEqual(['xxxxx']);
    }
  });

  it('is known to the next server from the records', async () => {
    const caps = { session: tokens(30) };
    const first = capped(caps);
    await first.askFor(20);
    await first.recorder.stop();
    const second = capped(caps, first.store);
    expect(await second.ask()).toMatchObject({ reason: 'limit/model-tokens' });
    expect(second.made()).toBe(0);
  });

  it('is given back to a player when the window has passed', async () => {
    const { askFor, ask, timers } = capped({ player: tokens(30), playerWindowMs: 60_000 });
    await askFor(20);
    expect(await ask()).toMatchObject({ reason: 'limit/model-tokens' });
    timers.advance(60_001);
    expect(await askFor(20)).toMatchObject({ model: 'p:m' });
  });

  it('lets nothing through while nobody can say what was spent, and goes on when somebody can', async () => {
    const store = createMemoryModelCallStore();
    let isAway = true;
    const { ask, askFor, made } = capped(
      { session: tokens(30) },
      {
        ...store,
        sums: (filter) => (isAway ? Promise.reject(new StoreUnavailable('gone')) : store.sums(filter)),
      },
    );
    expect(await ask()).toMatchObject({ reason: 'model/unavailable' });
    expect(made()).toBe(0);
    isAway = false;
    expect(await askFor(5)).toMatchObject({ model: 'p:m' });
  });
});
