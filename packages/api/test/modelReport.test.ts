import { describe, expect, it } from 'vitest';
import { sampleCall } from '../src/store/contract/modelCalls.ts';
import type { ModelCall } from '../src/store/ports.ts';
import { startScriptedProvider } from './support/scriptedProvider.ts';
import { refusalOf, testApp } from './support/testApp.ts';
import { trialOf } from './support/trialGame.ts';
import { until } from './support/until.ts';

const ADMIN_KEY = `dcs-ak-${'m'.repeat(43)}`;
const HOUR_MS = 3_600_000;

describe('the report on models', () => {
  it('shows who is asked for what, what it took, what failed and how near anybody is to a cap', async () => {
    await using upstream = await startScriptedProvider({ pieces: () => ['It ', 'opens.'], cost: 0.5 });
    await using app = await testApp({
      env: {
        ADMIN_KEY,
        MODEL_OPENER: 'openai-compatible:unpaid,openai-compatible:m',
        MODEL_BASE_URL: upstream.baseUrl,
        MODEL_PRICES: 'openai-compatible:unpaid=1/1,openai-compatible:m=1/1',
        MODEL_SESSION_DOLLARS: '2',
        MODEL_EXPERIMENT_SECONDS: '60',
      },
    });
    const admin = app.client({ accessKey: ADMIN_KEY });
    const { client } = await app.player();
    const { sessionId } = await client.play.create.mutate({ game: 'explore' });
    await client.play.open.mutate({ sessionId });
    await until(async () => (await admin.admin.models.query()).total.calls === 2);
    const report = await admin.admin.models.query({ hours: 1 });
    expect(Date.parse(report.until) - Date.parse(report.since)).toBe(HOUR_MS);
    expect(report.chains).toMatchObject({
      opener: ['openai-compatible:unpaid', 'openai-compatible:m'],
      scorer: ['scripted'],
    });
    expect(report.breakers).toEqual([
      { model: 'openai-compatible:unpaid', state: 'closed' },
      { model: 'openai-compatible:m', state: 'closed' },
    ]);
    expect(report.roles).toMatchObject([
      { model: 'openai-compatible:m', role: 'opener', calls: 1, failures: 0, costUsd: 0.5 },
      { model: 'openai-compatible:unpaid', role: 'opener', calls: 1, failures: 1, total: null },
    ]);
    expect(report.failures).toEqual([
      { model: 'openai-compatible:unpaid', reason: 'model/refused', calls: 1 },
    ]);
    expect(report.days).toMatchObject([{ calls: 2, failures: 1, costUsd: 0.5 }]);
    expect(report.caps).toEqual([
      { scope: 'session', measure: 'dollars', most: 2, highest: 0.5, by: { id: sessionId, turn: null } },
      { scope: 'experiment', measure: 'seconds', most: 60, highest: 0, by: null },
    ]);
  });

  it('names the games in which others are asked than the settings say', async () => {
    const models = { updater: ['openrouter:a/b', 'scripted'] };
    await using app = await testApp({
      env: { ADMIN_KEY },
      moreGames: [trialOf('explore', { models })],
    });
    const { games } = await app.client({ accessKey: ADMIN_KEY }).admin.models.query();
    expect(games).toEqual([{ title: 'trial', models }]);
  });

  it('looks back as far as it is asked, and for players no further than their cap does', async () => {
    await using app = await testApp({ env: { ADMIN_KEY, MODEL_PLAYER_TOKENS: '5000' } });
    const occasion = { sessionId: 's', playerId: 'p', experimentId: null, turn: 2, afterSeq: 3 };
    const at = (hours: number) => sampleCall({ occasion, at: Date.now() - hours * HOUR_MS });
    await app.storage.stores.modelCalls.add([at(1), at(30), at(200)]);
    const admin = app.client({ accessKey: ADMIN_KEY });
    const report = async (hours: number) => admin.admin.models.query({ hours });
    expect((await report(24)).total.calls).toBe(1);
    const week = await report(24 * 7);
    expect(week.total.calls).toBe(2);
    expect(week.caps).toEqual([
      { scope: 'player', measure: 'tokens', most: 5_000, highest: 980, by: { id: 'p', turn: null } },
    ]);
  });

  it('says which turn has used the most, and where it stands in the log', async () => {
    await using app = await testApp({ env: { ADMIN_KEY, MODEL_TURN_TOKENS: '5000' } });
    const occasion = { sessionId: 's', playerId: 'p', experimentId: null, turn: 2, afterSeq: 3 };
    await app.storage.stores.modelCalls.add([
      sampleCall({ occasion, at: Date.now() }),
      sampleCall({ occasion: { ...occasion, turn: 4, afterSeq: 9 }, inputTokens: 2_000, at: Date.now() }),
    ]);
    const { caps } = await app.client({ accessKey: ADMIN_KEY }).admin.models.query();
    expect(caps).toMatchObject([{ highest: 2_080, by: { id: 's', turn: { turn: 4, afterSeq: 9 } } }]);
  });

  it('is about one role, one model or one provider, where that is asked', async () => {
    await using app = await testApp({ env: { ADMIN_KEY, MODEL_SESSION_TOKENS: '5000' } });
    const occasion = { sessionId: 's', playerId: 'p', experimentId: null, turn: 2, afterSeq: 3 };
    const call = (over: Partial<ModelCall>) => sampleCall({ occasion, at: Date.now(), ...over });
    await app.storage.stores.modelCalls.add([
      call({}),
      call({ role: 'scorer' }),
      call({ model: 'with:colon', outcome: 'model/refused' }),
      call({ provider: 'huggingface', role: 'scorer', outcome: 'model/timeout' }),
    ]);
    const admin = app.client({ accessKey: ADMIN_KEY });
    const found = async (asked: { role?: 'scorer'; model?: string }) => {
      const { roles, total, failures, days, models, caps } = await admin.admin.models.query(asked);
      // What may be chosen and what is limited does not change with what was chosen.
      expect(models).toEqual(['huggingface:some/model', 'openrouter:some/model', 'openrouter:with:colon']);
      expect(caps).toMatchObject([{ highest: 3_920 }]);
      expect(total.calls).toBe(roles.reduce((sum, { calls }) => sum + calls, 0));
      expect(days.reduce((sum, { calls }) => sum + calls, 0)).toBe(total.calls);
      return {
        roles: roles.map(({ model, role }) => `${model} ${role}`),
        failed: failures.map(({ reason }) => reason),
      };
    };
    const scored = 'openrouter:some/model scorer';
    const elsewhere = 'huggingface:some/model scorer';
    expect(await found({ role: 'scorer' })).toEqual({
      roles: [elsewhere, scored],
      failed: ['model/timeout'],
    });
    expect(await found({ model: 'openrouter:some/model' })).toEqual({
      roles: [scored, 'openrouter:some/model updater'],
      failed: [],
    });
    expect(await found({ model: 'openrouter:with:colon' })).toEqual({
      roles: ['openrouter:with:colon updater'],
      failed: ['model/refused'],
    });
    expect(await found({ role: 'scorer', model: 'huggingface' })).toEqual({
      roles: [elsewhere],
      failed: ['model/timeout'],
    });
    expect(await found({ model: 'nowhere:at/all' })).toEqual({ roles: [], failed: [] });
  });

  it('is for administrators alone, and refuses what makes no sense', async () => {
    await using app = await testApp({ env: { ADMIN_KEY } });
    const { client } = await app.player();
    expect(await refusalOf(client.trpc.admin.models.query())).toMatchObject({ reason: 'auth/forbidden' });
    const admin = app.client({ accessKey: ADMIN_KEY });
    const senseless = [
      ...[0, -1, 1.5, 1e9].map((hours) => ({ hours })),
      { model: '' },
      { model: 'm'.repeat(301) },
      { role: 'jester' as 'scorer' },
    ];
    for (const asked of senseless) {
      expect(await refusalOf(admin.trpc.admin.models.query(asked))).toMatchObject({
        reason: 'request/invalid',
      });
    }
  });
});
