import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startScriptedProvider } from './support/scriptedProvider.ts';
import type { ScriptedProvider } from './support/scriptedProvider.ts';
import { testApp } from './support/testApp.ts';
import type { TestApp } from './support/testApp.ts';
import { trialOf } from './support/trialGame.ts';
import { until } from './support/until.ts';

/* A whole server whose scenes are opened by a model behind a provider; the simulator does the rest. */

const openingBy = (upstream: ScriptedProvider, settings: Record<string, string> = {}) =>
  testApp({
    env: {
      MODEL_OPENER: 'openai-compatible:m',
      MODEL_BASE_URL: upstream.baseUrl,
      MODEL_API_KEY: 'k',
      ...settings,
    },
  });

const OPENING = ['You stand in a hall of glass. ', 'Somebody small looks up at you from the floor.'];

async function opened(app: TestApp) {
  const { client, playerId } = await app.player();
  const { sessionId } = await client.play.create.mutate({ game: 'explore' });
  const reply = await client.play.open.mutate({ sessionId });
  const { events } = await client.sessions.transcript.query({ sessionId });
  return { client, playerId, sessionId, reply, events };
}

const recorded = async ({ storage }: TestApp, sessionId: string) => {
  let calls = await storage.stores.modelCalls.list({ limit: 9, sessionId });
  await until(async () => {
    calls = await storage.stores.modelCalls.list({ limit: 9, sessionId });
    return calls.length > 0;
  });
  return calls;
};

describe('a model behind a provider, in a session', () => {
  it('is asked where a game names it, and nowhere else', async () => {
    await using upstream = await startScriptedProvider({ pieces: () => OPENING });
    await using app = await testApp({
      env: { MODEL_BASE_URL: upstream.baseUrl },
      moreGames: [trialOf('explore', { models: { opener: ['openai-compatible:m'] } })],
    });
    const { client } = await app.player();
    for (const game of ['trial', 'explore']) {
      const { sessionId } = await client.play.create.mutate({ game });
      await client.play.open.mutate({ sessionId });
      const { events } = await client.sessions.transcript.query({ sessionId });
      const opening = events.find(({ source }) => source === 'npc');
      expect(opening?.content === OPENING.join('')).toBe(game === 'trial');
    }
    expect(upstream.calls).toHaveLength(1);
  });

  it('opens a scene, and its call is recorded and linked to what came of it', async () => {
    await using upstream = await startScriptedProvider({ pieces: () => OPENING, cost: 0.002 });
    await using app = await openingBy(upstream);
    const { sessionId, playerId, events } = await opened(app);
    const opening = events.find(({ source }) => source === 'npc');
    expect(opening).toMatchObject({ content: OPENING.join(''), turn: 1 });
    const [call, ...others] = await recorded(app, sessionId);
    expect(others).toEqual([]);
    expect(call).toMatchObject({
      role: 'opener',
      provider: 'openai-compatible',
      model: 'm',
      outcome: 'ok',
      isEstimated: false,
      costUsd: 0.002,
      occasion: { sessionId, playerId, turn: 1 },
    });
    expect(call?.occasion?.afterSeq).toBeLessThan(opening?.seq ?? 0);
    expect(app.faults).toEqual([]);
  });

  it('is written down before the server has stopped', async () => {
    await using upstream = await startScriptedProvider({ pieces: () => OPENING });
    const app = await openingBy(upstream);
    const { sessionId } = await opened(app);
    await app[Symbol.asyncDispose]();
    expect(await app.storage.stores.modelCalls.list({ limit: 9, sessionId })).toHaveLength(1);
  });

  it('tells its calls, tokens, cost and breaker in the metrics', async () => {
    await using upstream = await startScriptedProvider({ pieces: () => OPENING, cost: 0.002 });
    await using app = await openingBy(upstream);
    await opened(app);
    const { body } = await app.http('/metrics');
    const model = 'model="openai-compatible:m"';
    expect(body).toContain(`dcs_provider_calls_total{${model},outcome="ok"} 1\n`);
    expect(body).toMatch(new RegExp(`dcs_provider_tokens_total\\{${model},direction="input"\\} [1-9]`));
    expect(body).toContain(`dcs_provider_cost_dollars_total{${model}} 0.002\n`);
    expect(body).toContain(`dcs_provider_breaker{${model}} 0\n`);
  });

  it('gives way to the next of its chain, and both are recorded', async () => {
    await using upstream = await startScriptedProvider({ pieces: () => OPENING });
    await using app = await openingBy(upstream, {
      MODEL_OPENER: 'openai-compatible:unpaid,openai-compatible:m',
    });
    const { sessionId, events } = await opened(app);
    expect(events.find(({ source }) => source === 'npc')).toMatchObject({
      content: OPENING.join(''),
      data: { model: 'openai-compatible:m' },
    });
    await until(async () => (await recorded(app, sessionId)).length === 2);
    const outcomes = (await recorded(app, sessionId)).map(({ model, outcome }) => `${model} ${outcome}`);
    expect(outcomes.toSorted()).toEqual(['m ok', 'unpaid model/refused']);
  });

  it('that may use no more is not asked, which costs the player nothing', async () => {
    await using upstream = await startScriptedProvider({ pieces: () => OPENING });
    await using app = await openingBy(upstream, { MODEL_SESSION_TOKENS: '5' });
    const { reply, events } = await opened(app);
    expect(reply).toMatchObject({ accepted: false, turns: 0, exited: false });
    expect(events.at(-1)).toMatchObject({ kind: 'error', data: { reason: 'limit/model-tokens' } });
    expect(upstream.calls).toEqual([]);
    expect(app.faults).toEqual([]);
  });

  it('that hangs holds a turn no longer than its time, which costs the player nothing', async () => {
    await using upstream = await startScriptedProvider();
    upstream.play('hang');
    await using app = await openingBy(upstream, { MODEL_TURN_SECONDS: '1' });
    const { reply, events } = await opened(app);
    expect(reply).toMatchObject({ accepted: false, turns: 0, exited: false });
    expect(events.at(-1)).toMatchObject({ kind: 'error', data: { reason: 'model/timeout' } });
    await until(() => upstream.abandoned === 1);
    expect(app.faults).toEqual([]);
  });

  it('is let go of when the session is closed in the middle of its text', async () => {
    await using upstream = await startScriptedProvider({ pieces: () => OPENING });
    upstream.play('stall');
    await using app = await openingBy(upstream);
    const { client } = await app.player();
    const { sessionId } = await client.play.create.mutate({ game: 'explore' });
    const opening = client.play.open.mutate({ sessionId });
    await until(() => upstream.calls.length === 1);
    const closing = client.play.close.mutate({ sessionId, commandId: 'close' });
    await until(() => upstream.abandoned === 1);
    expect(await opening).toMatchObject({ turns: 0 });
    expect(await closing).toMatchObject({ status: 'closed' });
    expect(await recorded(app, sessionId)).toMatchObject([{ outcome: 'model/cancelled' }]);
  });

  it('is let go of when the player goes away, and the turn is played when they are back', async () => {
    await using upstream = await startScriptedProvider({ pieces: () => OPENING });
    upstream.play('stall');
    await using app = await openingBy(upstream, { PAUSE_GRACE_SECONDS: '0' });
    const leaving = await app.player();
    const { sessionId } = await leaving.client.play.create.mutate({ game: 'explore' });
    const unheard = leaving.client.play.open.mutate({ sessionId }).catch((error: unknown) => error);
    await until(() => upstream.calls.length === 1);
    leaving.client.close();
    await until(() => upstream.abandoned === 1);
    expect(await unheard).toBeInstanceOf(Error);

    const client = app.client({ accessKey: leaving.accessKey });
    await until(async () => (await client.sessions.status.query({ sessionId })).status === 'paused');
    expect(await client.sessions.status.query({ sessionId })).toMatchObject({ turns: 0 });
    const session = await client.play.join(sessionId);
    await until(() => session.transcript.some(({ source }) => source === 'npc'));
    const kinds = session.transcript.map(({ kind }) => kind);
    expect(kinds).toEqual(['session_start', 'info', 'session_paused', 'session_resumed', 'message']);
    expect((await recorded(app, sessionId)).at(-1)).toMatchObject({ outcome: 'model/cancelled' });
    expect(app.faults).toEqual([]);
  });

  it('is waited for by a program that does not follow, however soon others count as gone', async () => {
    const answer = Promise.withResolvers<void>();
    await using upstream = await startScriptedProvider({ pieces: () => OPENING, pace: () => answer.promise });
    upstream.play('slow');
    await using app = await openingBy(upstream, { PAUSE_GRACE_SECONDS: '0' });
    const { client, accessKey: key } = await app.player();
    const { sessionId } = await client.play.create.mutate({ game: 'explore' });
    const opening = app.http('/trpc/play.open', { method: 'POST', key, input: { sessionId } });
    await until(() => upstream.calls.length === 1);
    // Time enough for a session that nobody attends to be paused.
    const other = await client.play.create.mutate({ game: 'explore' });
    upstream.play('normal');
    await client.play.open.mutate({ sessionId: other.sessionId });
    const statusOf = async () => (await client.sessions.status.query(other)).status;
    await until(async () => (await statusOf()) === 'paused');
    answer.resolve();
    expect(await opening).toMatchObject({ status: 200 });
    expect(upstream.abandoned).toBe(0);
  });

  it('may use no more than an experiment may, whoever of its players asks', async () => {
    await using upstream = await startScriptedProvider({ pieces: () => OPENING, cost: 2 });
    await using app = await openingBy(upstream, {
      MODEL_EXPERIMENT_DOLLARS: '1',
      MODEL_PRICES: 'openai-compatible:m=1/1',
    });
    const openedIn = async (experimentId: string) => {
      const { client } = await app.player();
      const { sessionId } = await client.play.create.mutate({ game: 'explore' });
      const record = await app.storage.stores.sessions.get(sessionId);
      if (record === null) throw new Error('The session was not created.');
      const header = { ...record.header, sessionId: randomUUID(), commandId: randomUUID(), experimentId };
      await app.storage.stores.sessions.create(header, record.summary);
      await client.play.open.mutate({ sessionId: header.sessionId });
      const { events } = await client.sessions.transcript.query({ sessionId: header.sessionId });
      return events.at(-1);
    };
    expect(await openedIn('e')).toMatchObject({ source: 'npc' });
    expect(await openedIn('e')).toMatchObject({ kind: 'error', data: { reason: 'limit/model-cost' } });
    expect(await openedIn('f')).toMatchObject({ source: 'npc' });
    expect(upstream.calls).toHaveLength(2);
  });
});
