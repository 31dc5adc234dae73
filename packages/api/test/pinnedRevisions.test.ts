import { experimentSchema } from '@dcs/engine';
import { cardDuel, cardDuelFile } from '@dcs/engine/testing';
import { describe, expect, inject, it } from 'vitest';
import { characterRevision, experimentRevision } from '../src/catalog/index.ts';
import type { DcsClient } from '../src/client/index.ts';
import { sampleSheet } from '../src/store/contract/samples.ts';
import { openMemoryStorage } from '../src/storage.ts';
import type { Storage } from '../src/storage.ts';
import { mongoStorage } from './support/mongoStorage.ts';
import { putInForce } from './support/putInForce.ts';
import { testApp } from './support/testApp.ts';
import type { TestApp } from './support/testApp.ts';
import { until } from './support/until.ts';

const ADMIN_KEY = `dcs-ak-${'a'.repeat(43)}`;
const of = { name: 'pilot' };

const study = experimentSchema.parse({
  ...of,
  games: [{ name: 'explore' }, { name: 'card-duel' }],
  assignment: {
    strategy: 'unplayed-combination-choice',
    participantChooses: true,
    maxPerParticipant: 5,
    requireCompletion: false,
    playerCharacters: ['ELM'],
    simulatedCharacters: ['OAK'],
  },
});

/** JSON as a client sends it. */
const plain = (sheet: ReturnType<typeof sampleSheet>) => JSON.parse(JSON.stringify(sheet));

function open(storage: Storage, file: object = {}): Promise<TestApp> {
  return testApp({
    storage,
    env: { PII_KEY: 'ab'.repeat(32), ADMIN_KEY },
    moreGames: [{ game: cardDuel, file: { ...cardDuelFile, ...file } }],
    moreExperiments: [study],
  });
}

function adminOf(app: TestApp): DcsClient {
  const client = app.client();
  client.signIn(ADMIN_KEY);
  return client;
}

const CHOICES = {
  explore: { game: 'explore', pc: 'ELM', npc: 'OAK' },
  'card-duel': { game: 'card-duel' },
} as const;

/** Both of the study; resolves with the revision of whom one meets. */
async function addCharacters(admin: DcsClient): Promise<string> {
  await admin.characters.create.mutate({ sheet: plain(sampleSheet('ELM')) });
  return (await admin.characters.create.mutate({ sheet: plain(sampleSheet('OAK')) })).revision;
}

/** What the next session of a newcomer goes by. */
async function begun(app: TestApp, game: keyof typeof CHOICES) {
  const { client } = await app.player();
  const { assignmentId } = await client.experiments.select.mutate({ ...of, ...CHOICES[game] });
  const { sessionId } = await client.experiments.startSession.mutate({ ...of, assignmentId });
  const [found] = await app.storage.stores.sessions.getAll([sessionId]);
  if (found === undefined) throw new Error(`Session ${sessionId} is not kept.`);
  const { gameVersion, config, cast } = found.header;
  return { gameVersion, cards: config['cards'], npc: cast['npc']?.revision };
}

const CHANGED_FILE = { version: '2.0.0', title: 'Duel', config: { cards: 4 } };

describe.each([
  ['memory', async () => openMemoryStorage()],
  ['MongoDB', () => mongoStorage(inject('databaseUrl'))],
])('a revision of an experiment (%s)', (_name, storage) => {
  it('goes by the files of its games and the sheets of its characters as they were when it was put in force', async () => {
    const opened = await storage();
    const kept = { ...opened, close: async () => undefined };
    let before = '';
    {
      await using app = await open(kept);
      const admin = adminOf(app);
      before = await addCharacters(admin);
      await putInForce(admin, of.name);
      expect(await begun(app, 'explore')).toMatchObject({ npc: before });
      expect(await begun(app, 'card-duel')).toMatchObject({ gameVersion: '1.0.0', cards: 3 });
    }
    await using app = await open(kept, CHANGED_FILE);
    const admin = adminOf(app);
    const changed = plain(sampleSheet('OAK', { goals: ['Grow.'] }));
    const { revision } = await admin.characters.update.mutate({
      hid: 'OAK',
      sheet: changed,
      expectedRevision: before,
    });
    expect(await begun(app, 'explore')).toMatchObject({ npc: before });
    expect(await begun(app, 'card-duel')).toMatchObject({ gameVersion: '1.0.0', cards: 3 });
    expect(await admin.admin.experiment.query(of)).toMatchObject({ fileChanged: true });
    expect((await admin.admin.experimentRevisions.query(of)).file?.changes).toMatchObject([
      { path: 'games/card-duel.yaml: title', before: 'Card Duel', after: 'Duel' },
      { path: 'games/card-duel.yaml: version', before: '1.0.0', after: '2.0.0' },
      { path: 'games/card-duel.yaml: config.cards', before: '3', after: '4' },
      { path: 'OAK: goals', after: '["Grow."]' },
    ]);
    await putInForce(admin, of.name);
    expect(await begun(app, 'explore')).toMatchObject({ npc: revision });
    expect(await begun(app, 'card-duel')).toMatchObject({ gameVersion: '2.0.0', cards: 4 });
    expect(await admin.admin.experiment.query(of)).toMatchObject({ fileChanged: false });
    await opened.close();
  });

  it('goes on with a character that was retired, and is not bothered by one that it does not name', async () => {
    await using app = await open(await storage());
    const admin = adminOf(app);
    const revision = await addCharacters(admin);
    await putInForce(admin, of.name);
    await admin.characters.create.mutate({ sheet: plain(sampleSheet('YEW')) });
    expect(await admin.admin.experiment.query(of)).toMatchObject({ fileChanged: false, alerts: [] });
    await admin.characters.delete.mutate({ hid: 'OAK', expectedRevision: revision });
    expect(await begun(app, 'explore')).toMatchObject({ npc: revision });
    await until(async () => (await admin.admin.experiment.query(of)).alerts.length > 0);
    expect((await admin.admin.experiment.query(of)).alerts).toMatchObject([{ kind: 'file-changed' }]);
  });

  it('that was kept without what it goes by goes by what there is, until it is put in force with it', async () => {
    const opened = await storage();
    const { experimentRevisions, experimentLog } = opened.stores;
    const revision = experimentRevision(study, null);
    await experimentRevisions.put({
      experiment: of.name,
      revision,
      config: study,
      dependencies: null,
      at: 1,
    });
    await experimentLog.append([{ type: 'revised', experiment: of.name, seq: 1, at: 1, revision, by: null }]);
    for (const sheet of ['ELM', 'OAK'].map((hid) => sampleSheet(hid))) {
      await opened.stores.characters.put(sheet, { revision: characterRevision(sheet), at: 1 });
    }
    await using app = await open(opened);
    const admin = adminOf(app);
    expect(await begun(app, 'card-duel')).toMatchObject({ gameVersion: '1.0.0' });
    expect((await admin.admin.experimentRevisions.query(of)).file?.changes).toEqual([]);
    expect(await admin.admin.experiment.query(of)).toMatchObject({ fileChanged: true });
    await putInForce(admin, of.name);
    expect(await admin.admin.experiment.query(of)).toMatchObject({ fileChanged: false });
  });

  it('shows participants what they were given as it was when they were given it', async () => {
    await using app = await open(await storage());
    const admin = adminOf(app);
    const revision = await addCharacters(admin);
    const { client } = await app.player();
    await client.experiments.select.mutate({ ...of, ...CHOICES.explore });
    const before = (await client.experiments.setup.query(of)).currentAssignment;
    const shortDescription = 'Something else.';
    await admin.characters.update.mutate({
      hid: 'OAK',
      sheet: plain(sampleSheet('OAK', { shortDescription })),
      expectedRevision: revision,
    });
    await putInForce(admin, of.name);
    expect((await client.experiments.setup.query(of)).currentAssignment).toEqual(before);
    const { client: newcomer } = await app.player();
    expect(await newcomer.experiments.select.mutate({ ...of, ...CHOICES.explore })).toMatchObject({
      simulatorCharacterDescription: shortDescription,
    });
  });
});
