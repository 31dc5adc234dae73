import { createScriptedModel, ModelFailure } from '@dcs/engine';
import type { LanguageModel } from '@dcs/engine';
import { describe, expect, inject, it } from 'vitest';
import type { DcsClient } from '../src/client/index.ts';
import { openMemoryStorage } from '../src/storage.ts';
import type { Storage } from '../src/storage.ts';
import { clusterApps, nodeOf } from './support/clusterApps.ts';
import { mongoStorage } from './support/mongoStorage.ts';
import { testApp } from './support/testApp.ts';
import { trialOf } from './support/trialGame.ts';

const ADMIN_KEY = `dcs-ak-${'k'.repeat(43)}`;
const scripted = createScriptedModel();

/** The scripted simulator, whose scorer fails as often as is said, and counts how often it is asked. */
function countingScorer(failures = 0) {
  const count = { asked: 0 };
  const model: LanguageModel = {
    ...scripted,
    generate: async (request, onText) => {
      if (request.role !== 'scorer') return scripted.generate(request, onText);
      count.asked += 1;
      if (count.asked <= failures) throw new ModelFailure('model/timeout', 'as the test wants it');
      const answer = {
        tier: 2,
        score: 60,
        reasoning: 'You saw the other one dig.',
        evidence: ['It digs.'],
      };
      return { text: JSON.stringify(answer), model: 'test' };
    },
  };
  return { model, count };
}

/** Plays a session to its end by saying these things. */
async function played(client: DcsClient, game: string, ...texts: readonly string[]): Promise<string> {
  const { sessionId } = await client.play.create.mutate({ game });
  await client.play.open.mutate({ sessionId });
  for (const [index, text] of texts.entries())
    await client.play.act.mutate({ sessionId, commandId: `say-${index}`, text });
  return sessionId;
}

async function closedTeamwork(client: DcsClient, game = 'teamwork'): Promise<string> {
  const sessionId = await played(client, game, 'I wave.');
  await client.play.close.mutate({ sessionId, commandId: 'close' });
  return sessionId;
}

const STORAGES: readonly (readonly [string, () => Promise<Storage>])[] = [
  ['in memory', async () => openMemoryStorage()],
  ['in MongoDB', () => mongoStorage(inject('databaseUrl'))],
];

describe('sessions.evaluation', () => {
  it('gives the score that the game ended with, and asks nobody for it again', async () => {
    const { model, count } = countingScorer();
    await using app = await testApp({ model });
    const { client } = await app.player();
    const sessionId = await played(client, 'infer-intent', 'I wave.', '/finish', 'It wants food.', 'Quite.');
    const { events } = await client.sessions.transcript.query({ sessionId });
    const told = events.find(({ data }) => data?.['finalScore'] === 60);
    const evaluated = await client.sessions.evaluation.mutate({ sessionId });
    expect(evaluated).toMatchObject({
      eventId: events.find(({ seq }) => seq === (told?.seq ?? 0) - 1)?.eventId,
      cached: true,
      evaluation: { task: 'goal-inference', tier: 2, score: 60, evidence: ['It digs.'], notScored: null },
    });
    expect(evaluated.evaluation).not.toHaveProperty('failure');
    expect(count.asked).toBe(1);
  });

  it.each(STORAGES)('asks once where there is no score yet, and keeps it (%s)', async (_where, storage) => {
    const { model, count } = countingScorer();
    await using app = await testApp({ model, storage: await storage() });
    const { client } = await app.player();
    const sessionId = await closedTeamwork(client);
    const before = await client.sessions.get.query({ sessionId });
    const first = await client.sessions.evaluation.mutate({ sessionId });
    expect(first).toMatchObject({ cached: false, evaluation: { tier: 2, score: 60, model: 'test' } });
    const again = await client.sessions.evaluation.mutate({ sessionId });
    expect(again).toEqual({ ...first, cached: true });
    expect(count.asked).toBe(1);
    const after = await client.sessions.get.query({ sessionId });
    expect(after.view).toEqual(before.view);
    expect(after.session).toMatchObject({ status: 'closed', turns: 2, evaluationShown: true });
  });

  it('names the judge that the session chooses, where it chooses one', async () => {
    const { model } = countingScorer();
    const models = { scorer: ['openrouter:a/b', 'scripted'] };
    const moreGames = [trialOf('teamwork', { config: { condition: 'learning' }, models })];
    await using app = await testApp({ model, moreGames });
    const { client } = await app.player();
    const sessionId = await closedTeamwork(client, 'trial');
    await client.sessions.evaluation.mutate({ sessionId });
    const log = await app.storage.stores.log.read(sessionId, 0, 500);
    expect(log.at(-1)).toMatchObject({ kind: 'evaluation', data: { judge: 'openrouter:a/b,scripted' } });
    expect(await client.sessions.evaluation.mutate({ sessionId })).toMatchObject({ cached: true });
  });

  it('asks once also when many nodes are asked at once', async () => {
    const { model, count } = countingScorer();
    await using cluster = await clusterApps(2, { model });
    const { client, accessKey } = await nodeOf(cluster, 0).player();
    const sessionId = await closedTeamwork(client);
    const clients = [client, nodeOf(cluster, 1).client({ accessKey }), client];
    const answers = await Promise.all(clients.map((one) => one.sessions.evaluation.mutate({ sessionId })));
    expect(new Set(answers.map(({ eventId }) => eventId)).size).toBe(1);
    expect(count.asked).toBe(1);
  });

  it('says when no model answers that it may be asked again, and keeps nothing of that', async () => {
    const { model } = countingScorer(1);
    await using app = await testApp({ model });
    const { client } = await app.player();
    const sessionId = await closedTeamwork(client);
    await expect(client.sessions.evaluation.mutate({ sessionId })).rejects.toMatchObject({
      reason: 'model/timeout',
      data: { code: 'SERVICE_UNAVAILABLE', retryable: true },
    });
    expect(await client.sessions.evaluation.mutate({ sessionId })).toMatchObject({ cached: false });
  });

  it('says why there is nothing to score, which is no score of nothing', async () => {
    const { model, count } = countingScorer();
    await using app = await testApp({ model });
    const { client } = await app.player();
    const sessionId = await played(client, 'infer-intent', 'I wave.');
    await client.play.close.mutate({ sessionId, commandId: 'close' });
    expect(await client.sessions.evaluation.mutate({ sessionId })).toMatchObject({
      cached: true,
      evaluation: { tier: null, score: null, notScored: 'score/unanswered' },
    });
    expect(count.asked).toBe(0);
  });

  it('is for those who played alone, when it is over, and of games that give scores', async () => {
    await using app = await testApp();
    const { client } = await app.player('Ada');
    const stranger = await app.player('Bob');
    const open = await played(client, 'teamwork', 'I wave.');
    const evaluate = (one: DcsClient, sessionId: string) => one.sessions.evaluation.mutate({ sessionId });
    await expect(evaluate(client, open)).rejects.toMatchObject({
      reason: 'evaluation/not-over',
      data: { code: 'CONFLICT' },
    });
    await expect(evaluate(stranger.client, open)).rejects.toMatchObject({ reason: 'session/not-found' });
    const explore = await closedTeamwork(client, 'explore');
    await expect(evaluate(client, explore)).rejects.toMatchObject({ reason: 'evaluation/not-scored' });
    expect(await client.sessions.get.query({ sessionId: explore })).toMatchObject({
      session: { evaluationShown: false },
    });
  });

  it.each([
    ['static', false],
    ['learning', true],
  ] as const)(
    'is told to players as the condition says, and to administrators always (%s)',
    async (condition, shown) => {
      const { model } = countingScorer();
      const moreGames = [trialOf('teamwork', { config: { condition } })];
      await using app = await testApp({ model, moreGames, env: { ADMIN_KEY } });
      const { client } = await app.player();
      const admin = app.client({ accessKey: ADMIN_KEY });
      const sessionId = await closedTeamwork(client, 'trial');
      const asked = client.sessions.evaluation.mutate({ sessionId });
      if (shown) expect(await asked).toMatchObject({ evaluation: { score: 60 } });
      else {
        await expect(asked).rejects.toMatchObject({
          reason: 'evaluation/not-shown',
          data: { code: 'FORBIDDEN' },
        });
      }
      expect(await admin.sessions.evaluation.mutate({ sessionId })).toMatchObject({
        cached: shown,
        evaluation: { score: 60 },
      });
      const { events } = await client.sessions.transcript.query({ sessionId });
      expect(events.at(-1)).toMatchObject({ kind: 'withheld', content: '' });
      expect(JSON.stringify(events)).not.toContain('"score":60');
      expect(await client.sessions.get.query({ sessionId })).toMatchObject({
        session: { evaluationShown: shown },
      });
    },
  );

  it('is made afresh by the present judge for administrators alone', async () => {
    const { model, count } = countingScorer();
    await using app = await testApp({ model, env: { ADMIN_KEY } });
    const { client } = await app.player();
    const admin = app.client({ accessKey: ADMIN_KEY });
    const sessionId = await played(client, 'teamwork', 'I wave.', '/finish', 'All of it.');
    const request = { sessionId, fresh: true };
    await expect(client.sessions.evaluation.mutate(request)).rejects.toMatchObject({
      reason: 'auth/forbidden',
    });
    const ended = await admin.sessions.evaluation.mutate({ sessionId });
    const fresh = await admin.sessions.evaluation.mutate(request);
    expect(fresh).toMatchObject({ cached: false });
    expect(fresh.eventId).not.toBe(ended.eventId);
    expect(await admin.sessions.evaluation.mutate(request)).toEqual({ ...fresh, cached: true });
    expect(await client.sessions.evaluation.mutate({ sessionId })).toEqual(ended);
    expect(count.asked).toBe(2);
  });
});
