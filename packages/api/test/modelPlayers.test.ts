import { builtInGames, ModelFailure } from '@dcs/engine';
import type { LanguageModel, ModelRequest } from '@dcs/engine';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { unpackExport } from '../src/export/archive.ts';
import { temporaryFolder } from '../src/export/testFolder.ts';
import { verifyExport } from '../src/export/verify/verifyExport.ts';
import { openMemoryStorage } from '../src/storage.ts';
import type { Storage } from '../src/storage.ts';
import { clusterApps, nodeOf } from './support/clusterApps.ts';
import {
  adminOf,
  areCompleted,
  doubledMoves,
  eventsOf,
  MODELS,
  modelStudy,
  resultOf,
  startStudy,
  STUDY,
  STUDY_ENV,
  studyServer,
  watchedModel,
} from './support/modelStudy.ts';
import { mongoStorage } from './support/mongoStorage.ts';
import { restartingApp } from './support/restartingApp.ts';
import { startScriptedProvider } from './support/scriptedProvider.ts';
import { testApp } from './support/testApp.ts';
import type { TestApp } from './support/testApp.ts';
import { until } from './support/until.ts';
import { putInForce } from './support/putInForce.ts';

/** Why the models of the first entry do not go on. */
const standstillIn = async (app: TestApp) =>
  (await adminOf(app).admin.experiment.query(STUDY)).modelPlayers[0]?.standstill ?? null;

const cut = (request: ModelRequest): Promise<never> =>
  new Promise((_resolve, reject) => {
    const end = (): void => reject(new ModelFailure('model/cancelled', 'as the test wants it'));
    request.cancellation.addEventListener('abort', end, { once: true });
  });

const inOrder = (texts: readonly string[]): readonly string[] =>
  texts.toSorted((left, right) => left.localeCompare(right));

/** What a whole export says of who takes part; it must verify. */
async function exportedModels(app: TestApp): Promise<readonly string[]> {
  await using folder = await temporaryFolder();
  const to = path.join(folder.path, 'export');
  const response = await fetch(`${app.url}/exports/${STUDY.name}`, {
    headers: { authorization: `Bearer ${STUDY_ENV.ADMIN_KEY}` },
  });
  const archive = path.join(folder.path, 'export.tar.gz');
  await writeFile(archive, new Uint8Array(await response.arrayBuffer()));
  await unpackExport(archive, to);
  expect((await verifyExport(to, builtInGames)).findings).toEqual([]);
  const rows = (await readFile(path.join(to, 'participants.jsonl'), 'utf8')).trim().split('\n');
  return rows.map((row) => String(JSON.parse(row).model));
}

describe.each([
  ['in memory', async () => openMemoryStorage()],
  ['over MongoDB', () => mongoStorage(inject('databaseUrl'))],
])('a study in which models take part, %s', (_where, open: () => Promise<Storage>) => {
  it('is played to its end by itself once it is started, each assignment once', async () => {
    const storage = await open();
    const { model, asked } = watchedModel();
    await using app = await studyServer({ storage, model });
    await startStudy(app);
    await until(() => areCompleted(storage, 8));
    const { participants, attempts, completions, sessions } = await resultOf(storage);
    const four = inOrder([...MODELS, ...MODELS]);
    expect(participants.every(({ kind }) => kind === 'model')).toBe(true);
    expect(inOrder(participants.map((one) => one.model ?? ''))).toEqual(four);
    expect(attempts).toEqual(Array.from({ length: 8 }, () => 1));
    expect(completions).toEqual(attempts);
    expect(sessions.flatMap(doubledMoves)).toEqual([]);
    for (const { models, occasion } of asked) {
      const encoded = models.player?.[0]?.replace('/', '%2F') ?? 'nobody';
      expect(occasion?.playerId).toContain(`:${encoded}:`);
      expect(occasion?.experimentId).toBe(STUDY.name);
    }
    expect(app.faults).toEqual([]);
    const admin = adminOf(app);
    const dashboard = await admin.admin.experiment.query(STUDY);
    expect(dashboard.modelPlayers).toEqual(
      MODELS.map((name) => ({
        model: name,
        participants: 2,
        joined: 2,
        playing: 0,
        finished: 2,
        gaveUp: 0,
        completed: 4,
        standstill: null,
      })),
    );
    expect(dashboard.stages.finished).toBe(4);
    const listed = await admin.admin.participants.query(STUDY);
    expect(inOrder(listed.participants.map(({ kind, model: name }) => `${kind} ${name}`))).toEqual(
      four.map((name) => `model ${name}`),
    );
    expect(inOrder(await exportedModels(app))).toEqual(four);
  });

  it('goes on where it was when the server is killed in its midst, and nothing is doubled', async () => {
    const storage = await open();
    // Somewhere in a turn, and somewhere else each time.
    const { model, asked } = watchedModel();
    await using server = await restartingApp(storage, {
      env: STUDY_ENV,
      moreExperiments: [modelStudy()],
      model,
    });
    await startStudy(server.app);
    for (const moves of [3, 7, 12]) {
      await until(() => asked.length >= moves);
      await server.restart('crash');
    }
    await until(() => areCompleted(storage, 8));
    const { participants, attempts, completions, sessions } = await resultOf(storage);
    expect(participants).toHaveLength(4);
    expect(attempts).toEqual(Array.from({ length: 8 }, () => 1));
    expect(completions).toEqual(attempts);
    expect(sessions.flatMap(doubledMoves)).toEqual([]);
    await storage.close();
  });
});

/** Two servers that share a study. */
const twoServers = (storage: Storage, model: LanguageModel) =>
  clusterApps(2, { storage, env: STUDY_ENV, moreExperiments: [modelStudy()], model });

describe('models that take part', () => {
  it('begin nothing until somebody starts the experiment', async () => {
    const storage = openMemoryStorage();
    const { model, asked } = watchedModel();
    await using app = await studyServer({ storage, model });
    expect(await standstillIn(app)).toMatchObject({ reason: 'experiment/not-started', isTrouble: false });
    expect(await eventsOf(storage, 'joined')).toEqual([]);
    await startStudy(app);
    await until(() => asked.length > 0);
  });

  it('begin nothing more while it is paused, finish what they play, and go on when it is resumed', async () => {
    const storage = openMemoryStorage();
    const { model, asked } = watchedModel();
    await using app = await studyServer({ storage, model });
    const admin = adminOf(app);
    await startStudy(app);
    await until(() => asked.length > 2);
    await admin.admin.pauseExperiment.mutate({ ...STUDY, reason: 'for a while' });
    const begun = (await eventsOf(storage, 'assignmentStarted')).length;
    await until(() => areCompleted(storage, begun));
    expect(await eventsOf(storage, 'assignmentStarted')).toHaveLength(begun);
    await admin.admin.resumeExperiment.mutate(STUDY);
    await until(() => areCompleted(storage, 8));
  });

  it('play as many at once as the file and the server allow', async () => {
    const storage = openMemoryStorage();
    const { model } = watchedModel();
    const study = modelStudy({
      players: { humans: false, models: [{ model: 'scripted', participants: 4, atOnce: 2 }] },
    });
    await using app = await studyServer({ storage, study, model, env: { MODEL_PLAYERS_AT_ONCE: '3' } });
    await startStudy(app);
    await until(() => areCompleted(storage, 8));
    let [now, most] = [0, 0];
    for (const { type } of await storage.stores.experimentLog.read(STUDY.name, 0, 1_000)) {
      if (type === 'assignmentStarted') now += 1;
      if (type === 'assignmentCompleted') now -= 1;
      most = Math.max(most, now);
    }
    expect(most).toBe(2);
  });

  it('wait for a provider that fails, and go on when it is well again', async () => {
    const storage = openMemoryStorage();
    let isIll = true;
    const { model, asked } = watchedModel(() =>
      isIll ? Promise.reject(new ModelFailure('model/unavailable', 'It could not be reached.')) : null,
    );
    await using app = await studyServer({ storage, model });
    await startStudy(app);
    await until(() => asked.length >= 4);
    const { modelPlayers } = await adminOf(app).admin.experiment.query(STUDY);
    const why = { reason: 'model/unavailable', message: 'It could not be reached.', isTrouble: true };
    await until(async () => (await standstillIn(app))?.isTrouble === true);
    expect(await standstillIn(app)).toEqual(why);
    const { alerts } = await adminOf(app).admin.experiment.query(STUDY);
    expect(alerts).toContainEqual({
      id: 'model-player-waits:scripted',
      kind: 'model-player-waits',
      severity: 'error',
      message: expect.stringContaining('It could not be reached.'),
      sessionId: null,
    });
    expect(modelPlayers.map((one) => one.model)).toEqual(MODELS);
    // Four participants, and each of them waits longer and longer before it is tried again.
    expect(asked.length).toBeLessThan(30);
    isIll = false;
    await until(() => areCompleted(storage, 8));
    expect((await resultOf(storage)).attempts).toEqual(Array.from({ length: 8 }, () => 1));
  });

  it('keep no server from stopping, though a provider says nothing', async () => {
    const storage = openMemoryStorage();
    const { model, asked } = watchedModel(cut);
    const app = await studyServer({ storage, model });
    await startStudy(app);
    await until(() => asked.length > 0);
    await app[Symbol.asyncDispose]();
    expect(app.faults).toEqual([]);
  });

  it.each([
    ['says what nobody can read', 'I wave.'],
    ['breaks the rules again and again', '{"action": "I think of home."}'],
  ])(
    'leave a session in which their model only %s, and give its assignment up in the end',
    async (_what, said) => {
      const storage = openMemoryStorage();
      const { model } = watchedModel(() => Promise.resolve(said));
      const study = modelStudy({
        games: [{ name: 'explore', overrides: { maxTurns: 4 } }],
        players: { humans: false, models: [{ model: 'scripted' }] },
      });
      await using app = await studyServer({ storage, study, model });
      await startStudy(app);
      await until(async () => (await eventsOf(storage, 'assignmentInterrupted')).length === 3);
      const { attempts, completions } = await resultOf(storage);
      expect([attempts, completions]).toEqual([[3], []]);
      const { alerts } = await adminOf(app).admin.experiment.query(STUDY);
      expect(alerts.map(({ kind }) => kind)).toEqual(['model-player-gave-up']);
    },
  );

  it('are asked through the provider that their file names, on the account of the experiment, and wait at its cap', async () => {
    const kept = { ...openMemoryStorage(), close: async () => undefined };
    await using upstream = await startScriptedProvider({
      pieces: () => ['{"action": "I keep ', 'still and wait."}'],
    });
    const players = { humans: false, models: [{ model: 'openai-compatible:m', participants: 1 }] };
    const games = [{ name: 'explore', overrides: { maxTurns: 4 } }];
    const capped = modelStudy({ players, games, caps: { experiment: { tokens: 2_500 } } });
    const env = { MODEL_BASE_URL: upstream.baseUrl };
    {
      await using app = await studyServer({ storage: kept, study: capped, env });
      await startStudy(app);
      await until(async () => (await standstillIn(app))?.reason === 'limit/model-tokens');
    }
    const calls = await kept.stores.modelCalls.list({ limit: 9 });
    expect(calls[0]).toMatchObject({
      role: 'player',
      model: 'm',
      occasion: { experimentId: STUDY.name, playerId: 'model:benchmark:openai-compatible:m:1' },
    });
    expect(await areCompleted(kept, 1)).toBe(false);
    const raised = modelStudy({ players, games, caps: { experiment: { tokens: 1_000_000 } } });
    await using app = await studyServer({ storage: kept, study: raised, env });
    await startStudy(app);
    await until(() => areCompleted(kept, 2));
  });

  it('are each played by one of two servers', async () => {
    const storage = openMemoryStorage();
    const { model, asked } = watchedModel();
    await using cluster = await twoServers(storage, model);
    await startStudy(nodeOf(cluster, 0));
    await until(() => areCompleted(storage, 8));
    const { attempts, completions, sessions } = await resultOf(storage);
    expect(attempts).toEqual(Array.from({ length: 8 }, () => 1));
    expect(completions).toEqual(attempts);
    expect(sessions.flatMap(doubledMoves)).toEqual([]);
    const places = asked.map(({ occasion }) => `${occasion?.sessionId}/${occasion?.afterSeq}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it('are played on by another server when theirs stops', async () => {
    const storage = openMemoryStorage();
    const { model, asked } = watchedModel();
    await using cluster = await twoServers(storage, model);
    await startStudy(nodeOf(cluster, 0));
    await until(() => asked.length >= 5);
    await nodeOf(cluster, 0).server.stop();
    await until(() => areCompleted(storage, 8));
    const { attempts, sessions } = await resultOf(storage);
    expect(attempts).toEqual(Array.from({ length: 8 }, () => 1));
    expect(sessions.flatMap(doubledMoves)).toEqual([]);
  });

  it('of one experiment do not wait until those of another are done', async () => {
    const storage = openMemoryStorage();
    let open = (): void => undefined;
    const gate = new Promise<null>((resolve) => {
      open = () => resolve(null);
    });
    const { model, asked } = watchedModel(() => gate);
    const players = { humans: false, models: [{ model: 'scripted', participants: 8, atOnce: 8 }] };
    const studies = ['alpha', 'beta'].map((name) => modelStudy({ name, players }));
    await using app = await testApp({ storage, env: STUDY_ENV, moreExperiments: studies, model });
    for (const { name } of studies) {
      await putInForce(adminOf(app), name);
      await until(() => asked.length === 4);
    }
    open();
    const isOfBeta = ({ occasion }: ModelRequest): boolean => occasion?.experimentId === 'beta';
    await until(() => asked.some(isOfBeta));
    const before = asked.slice(0, asked.findIndex(isOfBeta)).map(({ occasion }) => occasion?.playerId);
    expect(new Set(before).size).toBe(4);
  });
});
