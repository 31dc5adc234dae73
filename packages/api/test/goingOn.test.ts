import { builtInGames, experimentSchema } from '@dcs/engine';
import type { ExperimentEvent } from '@dcs/engine';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { newCommandId } from '../src/client/index.ts';
import type { DcsClient } from '../src/client/index.ts';
import { exportExperiment } from '../src/export/exportExperiment.ts';
import { folderTarget } from '../src/export/target.ts';
import { temporaryFolder } from '../src/export/testFolder.ts';
import { verifyExport } from '../src/export/verify/verifyExport.ts';
import { openMemoryStorage } from '../src/storage.ts';
import type { Storage } from '../src/storage.ts';
import { StoreUnavailable } from '../src/store/storeErrors.ts';
import { mongoStorage } from './support/mongoStorage.ts';
import { refusalOf, testApp } from './support/testApp.ts';
import type { TestApp } from './support/testApp.ts';
import { until } from './support/until.ts';

const experiment = (file: Readonly<Record<string, unknown>>) => {
  return experimentSchema.parse({
    games: [{ name: 'explore', overrides: { maxTurns: 6 } }],
    models: { updater: ['scripted'] },
    ...file,
  });
};

const FORMS = [
  {
    name: 'halfway',
    trigger: { event: 'after-turns', turns: 3 },
    questions: [{ key: 'how', prompt: 'How is it?', type: 'string' }],
  },
];

const STUDY = experiment({ name: 'study', forms: FORMS });
const ANEW = experiment({ name: 'anew', assignment: { afterInterruption: 'restart' } });
const of = { name: 'study' };

const start = (storage: Storage): Promise<TestApp> =>
  testApp({ storage, env: { PII_KEY: 'ab'.repeat(32) }, moreExperiments: [STUDY, ANEW] });

const act = (client: DcsClient, sessionId: string, text: string) =>
  client.play.act.mutate({ sessionId, commandId: newCommandId(), text });

const close = (client: DcsClient, sessionId: string) =>
  client.play.close.mutate({ sessionId, commandId: newCommandId() });

/** Plays two turns, the opening included, and closes the session. */
async function breakOff(client: DcsClient, name = of.name): Promise<string> {
  const { sessionId } = await client.experiments.startSession.mutate({ name });
  await client.play.open.mutate({ sessionId });
  await act(client, sessionId, 'I wave.');
  await close(client, sessionId);
  return sessionId;
}

async function saidIn(client: DcsClient, sessionId: string): Promise<readonly string[]> {
  const { events } = await client.sessions.transcript.query({ sessionId });
  return events.flatMap((event) => ('content' in event && event.source === 'user' ? [event.content] : []));
}

async function sessionsOf({ storage }: TestApp, name = of.name): Promise<readonly string[]> {
  const records = await storage.stores.sessions.listByExperiment(name, { limit: 100 });
  return records.map(({ header }) => header.sessionId);
}

describe.each([
  ['in memory', async () => openMemoryStorage()],
  ['over MongoDB', () => mongoStorage(inject('databaseUrl'))],
])('an assignment whose session broke off, %s', (_where, open) => {
  it('goes on where it was left, in the experiment, up to its end', async () => {
    await using app = await start(await open());
    const { client } = await app.player();
    const first = await breakOff(client);
    expect(await client.experiments.setup.query(of)).toMatchObject({
      nextAssignment: { mode: 'locked', reason: 'interrupted' },
      currentAssignment: { status: 'interrupted', attempts: 1, goesOn: true },
    });
    const started = await client.experiments.startSession.mutate(of);
    expect(started).toMatchObject({ resumed: true, goesOnFrom: first, status: 'paused' });
    const { sessionId } = started;
    expect(sessionId).not.toBe(first);
    expect(await saidIn(client, sessionId)).toEqual(['I wave.']);
    const records = await app.storage.stores.sessions.getAll([first, sessionId]);
    const [parent, child] = [first, sessionId].map(
      (id) => records.find(({ header }) => header.sessionId === id)?.header,
    );
    expect(child).toMatchObject({ experimentId: 'study', source: 'experiment', models: parent?.models });
    expect(child?.config).toEqual(parent?.config);
    expect(await client.sessions.get.query({ sessionId })).toMatchObject({
      session: { experiment: 'study' },
    });
    for (const text of ['I wait.', 'I hum.', 'I sit.']) await act(client, sessionId, text);
    // The opening, the wave, and three turns since: the sixth is the last.
    expect(await act(client, sessionId, 'I nod.')).toMatchObject({ turns: 6, exited: true });
    const { assignments } = await client.experiments.setup.query(of);
    expect(assignments[0]).toMatchObject({ status: 'completed', attempts: 2, goesOn: false });
  });

  it('has its turns counted on, for the forms that are asked after some of them', async () => {
    await using app = await start(await open());
    const { client } = await app.player();
    const pending = async () =>
      (await client.experiments.setup.query(of)).pendingFormGroups.map(({ event }) => event);
    await breakOff(client);
    const { sessionId, assignmentId } = await client.experiments.startSession.mutate(of);
    expect(await pending()).toEqual([]);
    await act(client, sessionId, 'I wait.');
    expect(await pending()).toEqual(['after-turns']);
    const groupId = `after-turns:${assignmentId}:3`;
    const responses = { halfway: { how: 'Fine.' } };
    await client.experiments.submitForm.mutate({ ...of, groupId, responses });
    await close(client, sessionId);
    await client.experiments.startSession.mutate(of);
    expect(await pending()).toEqual([]);
  });

  it('is gone on with once, however often and from however many devices it is asked for', async () => {
    await using app = await start(await open());
    const { client, accessKey } = await app.player();
    const first = await breakOff(client);
    const other = app.client();
    other.signIn(accessKey);
    const started = await Promise.all(
      [client, other, client, other].map((one) => one.experiments.startSession.mutate(of)),
    );
    expect(new Set(started.map(({ sessionId }) => sessionId)).size).toBe(1);
    expect(started.every(({ resumed, goesOnFrom }) => resumed && goesOnFrom === first)).toBe(true);
    expect(await sessionsOf(app)).toHaveLength(2);
    expect(app.faults).toEqual([]);
  });

  it('is found again when the server was killed between the session and the experiment', async () => {
    const storage = await open();
    let isKilled = true;
    const { experimentLog } = storage.stores;
    const isGoingOn = (event: ExperimentEvent): boolean =>
      event.type === 'assignmentStarted' && event.goesOnFrom !== undefined;
    await using app = await start({
      ...storage,
      stores: {
        ...storage.stores,
        experimentLog: {
          read: (...request) => experimentLog.read(...request),
          append: (events) =>
            isKilled && events.some(isGoingOn)
              ? Promise.reject(new StoreUnavailable(new Error('The process is dead.')))
              : experimentLog.append(events),
        },
      },
    });
    const { client } = await app.player();
    const first = await breakOff(client);
    expect(await refusalOf(client.experiments.startSession.mutate(of))).toMatchObject({ retryable: true });
    const made = await sessionsOf(app);
    expect(made).toHaveLength(2);
    isKilled = false;
    const started = await client.experiments.startSession.mutate(of);
    expect(started).toMatchObject({ resumed: true, goesOnFrom: first });
    expect(await sessionsOf(app)).toEqual(made);
    expect(made).toContain(started.sessionId);
  });

  it('begins anew where nothing was played, and where its file says so', async () => {
    await using app = await start(await open());
    const { client } = await app.player();
    const unopened = await client.experiments.startSession.mutate(of);
    await close(client, unopened.sessionId);
    expect((await client.experiments.setup.query(of)).currentAssignment).toMatchObject({ goesOn: false });
    expect(await client.experiments.startSession.mutate(of)).toMatchObject({
      resumed: false,
      goesOnFrom: null,
    });
    const anew = { name: 'anew' };
    const first = await breakOff(client, anew.name);
    expect((await client.experiments.setup.query(anew)).currentAssignment).toMatchObject({ goesOn: false });
    const second = await client.experiments.startSession.mutate(anew);
    expect(second).toMatchObject({ resumed: false, goesOnFrom: null, status: 'active' });
    expect(second.sessionId).not.toBe(first);
    expect(await saidIn(client, second.sessionId)).toEqual([]);
  });

  it('stays the same session for somebody who has merely closed the window', async () => {
    await using app = await testApp({
      storage: await open(),
      env: { PII_KEY: 'ab'.repeat(32), PAUSE_GRACE_SECONDS: '0' },
      moreExperiments: [STUDY],
    });
    const { client, accessKey } = await app.player();
    const { sessionId } = await client.experiments.startSession.mutate(of);
    await client.play.open.mutate({ sessionId });
    await act(client, sessionId, 'I wave.');
    client.close();
    const later = app.client();
    later.signIn(accessKey);
    await until(async () => (await later.sessions.status.query({ sessionId })).status === 'paused');
    expect(await later.experiments.startSession.mutate(of)).toMatchObject({
      sessionId,
      resumed: true,
      goesOnFrom: null,
    });
    expect(await act(later, sessionId, 'I wait.')).toMatchObject({ turns: 3 });
    expect(await sessionsOf(app)).toEqual([sessionId]);
  });

  it('is exported with both sessions, of which the second names the first, and the export verifies', async () => {
    await using app = await start(await open());
    await using folder = await temporaryFolder();
    const { client } = await app.player();
    const first = await breakOff(client);
    const { sessionId } = await client.experiments.startSession.mutate(of);
    await act(client, sessionId, '/finish');
    await client.experiments.setup.query(of);
    const whole = path.join(folder.path, 'whole');
    await using target = await folderTarget(whole);
    const ports = { games: builtInGames, clock: { now: () => Date.now() }, engineVersion: '0.1.0' };
    await exportExperiment(
      { ...ports, stores: app.storage.stores },
      { experiment: of.name, personalData: null },
      target,
    );
    expect(await verifyExport(whole, builtInGames)).toMatchObject({ findings: [], sessions: 2, folded: 2 });
    const rows = (await readFile(path.join(whole, 'sessions.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map((line): Record<string, unknown> => JSON.parse(line));
    expect(rows).toMatchObject([
      { session_id: first, position: 1, reason: 'user_close_button', parent_session_id: null, turns: 2 },
      { session_id: sessionId, position: 2, parent_session_id: first, owner: 'p1', turns: 2 },
    ]);
  });
});
