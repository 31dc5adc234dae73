import { builtInGames, experimentSchema } from '@dcs/engine';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { newCommandId } from '../src/client/index.ts';
import type { DcsClient } from '../src/client/index.ts';
import { exportExperiment } from '../src/export/exportExperiment.ts';
import { folderTarget } from '../src/export/target.ts';
import { temporaryFolder } from '../src/export/testFolder.ts';
import { verifyExport } from '../src/export/verify/verifyExport.ts';
import { createPersonalData, createSealer } from '../src/security/index.ts';
import { openMemoryStorage } from '../src/storage.ts';
import { mongoStorage } from './support/mongoStorage.ts';
import { testApp } from './support/testApp.ts';
import type { TestApp } from './support/testApp.ts';

const name = 'exported-study';
const PII_KEY = 'ab'.repeat(32);

const config = experimentSchema.parse({
  name,
  games: [{ name: 'explore', overrides: { maxTurns: 5 } }, { name: 'foresight' }],
  assignment: { strategy: 'random-unique-game', maxPerParticipant: 2 },
  quotas: { perGame: 50 },
  forms: [
    {
      name: 'consent',
      trigger: { event: 'before-all-assignments' },
      questions: [
        { key: 'agreed', prompt: 'Do you agree?', type: 'bool', mustBe: true },
        { key: 'email', prompt: 'Where do we reach you?', type: 'email' },
      ],
    },
  ],
});

/** Somebody joins, answers and plays a turn; whoever `finishes` plays to the end. */
async function takePart(client: DcsClient, { email, finishes }: { email: string; finishes: boolean }) {
  await client.experiments.join.mutate({ name });
  await client.experiments.submitForm.mutate({
    name,
    groupId: 'before-all-assignments',
    responses: { consent: { agreed: true, email } },
  });
  const { sessionId } = await client.experiments.startSession.mutate({ name });
  await client.play.open.mutate({ sessionId });
  await act(client, sessionId, 'I wave.');
  const said = finishes ? ['/finish', '50', '50', '50'] : [];
  for (const text of said) if ((await act(client, sessionId, text)).exited) break;
  return sessionId;
}

const act = (client: DcsClient, sessionId: string, text: string) =>
  client.play.act.mutate({ sessionId, commandId: newCommandId(), text });

async function exportOf({ storage }: TestApp, folder: string, { personal = false } = {}) {
  const { stores } = storage;
  const sealer = createSealer([Buffer.from(PII_KEY, 'hex')]);
  const clock = { now: () => Date.now() };
  const personalData = createPersonalData({ store: stores.personalData, sealer, clock });
  await using target = await folderTarget(folder);
  await exportExperiment(
    { stores, games: builtInGames, clock, engineVersion: '0.1.0' },
    { experiment: name, personalData: personal ? personalData : null },
    target,
  );
  return verifyExport(folder, builtInGames);
}

describe.each([
  ['in memory', async () => openMemoryStorage()],
  ['over MongoDB', () => mongoStorage(inject('databaseUrl'))],
])('a study that was played through the API, %s', (_where, open) => {
  it('comes out whole while people play on, and without those who were forgotten', async () => {
    await using folder = await temporaryFolder();
    const moreExperiments = [config];
    await using app = await testApp({ storage: await open(), env: { PII_KEY }, moreExperiments });
    const people = [await app.player('Ada'), await app.player('Grace'), await app.player('Edsger')];
    const sessionIds: string[] = [];
    for (const [index, { client }] of people.entries()) {
      const email = `person-${index}@example.org`;
      sessionIds.push(await takePart(client, { email, finishes: index > 0 }));
    }
    const [ada, grace] = people;
    const [sessionId = ''] = sessionIds;
    if (ada === undefined || grace === undefined) throw new Error('There are three.');

    const playing = (async () => {
      for (const text of ['I wait.', 'I hum.']) await act(ada.client, sessionId, text);
    })();
    const during = await exportOf(app, path.join(folder.path, 'during'));
    await playing;
    expect(during).toMatchObject({ findings: [], sessions: 3, folded: 3 });
    const participants = await readFile(path.join(folder.path, 'during', 'participants.csv'), 'utf8');
    for (const { playerId } of people) expect(participants).not.toContain(playerId);

    await grace.client.players.eraseMe.mutate();
    const whole = path.join(folder.path, 'whole');
    expect(await exportOf(app, whole, { personal: true })).toMatchObject({ findings: [], folded: 3 });
    const consent = await readFile(path.join(whole, 'form_consent.jsonl'), 'utf8');
    expect(consent).toContain('person-0@example.org');
    expect(consent).not.toContain('person-1@example.org');
    const registered = await readFile(path.join(whole, 'participants.jsonl'), 'utf8');
    expect(registered).toContain('"fullName":"Ada"');
    expect(registered).not.toContain('Grace');
    expect(app.faults).toEqual([]);
  });

  it('tells what those who run it have done in it, and not who they are', async () => {
    await using folder = await temporaryFolder();
    const moreExperiments = [config];
    const env = { PII_KEY, ADMIN_KEY: `dcs-ak-${'a'.repeat(43)}` };
    await using app = await testApp({ storage: await open(), env, moreExperiments });
    const { client } = await app.player('Ada');
    const sessionId = await takePart(client, { email: 'ada@example.org', finishes: false });
    const { admin, players } = app.client({ accessKey: env.ADMIN_KEY });
    await admin.announce.mutate({ sessionId, commandId: 'a1', text: 'Ten minutes left.' });
    await admin.holdSession.mutate({ sessionId, commandId: 'a2', reason: 'The model is ill.' });
    await admin.releaseSession.mutate({ sessionId, commandId: 'a3' });
    await admin.endSession.mutate({ sessionId, commandId: 'a4' });
    expect(await exportOf(app, folder.path)).toMatchObject({ findings: [], sessions: 1 });
    const events = await readFile(path.join(folder.path, 'events.jsonl'), 'utf8');
    for (const told of ['announcement', 'Ten minutes left.', 'session_held', 'session_released'])
      expect(events).toContain(told);
    expect(events).toContain('ended_by_administrator');
    expect(events).not.toContain((await players.me.query()).playerId);
  });
});
