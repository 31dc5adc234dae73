import { cardDuel, cardDuelFile } from '@dcs/engine/testing';
import { describe, expect, inject, it } from 'vitest';
import { newCommandId } from '../src/client/index.ts';
import type { DcsClient } from '../src/client/index.ts';
import { openMemoryStorage } from '../src/storage.ts';
import type { Storage } from '../src/storage.ts';
import { mongoStorage } from './support/mongoStorage.ts';
import { refusalOf, testApp } from './support/testApp.ts';
import type { TestApp } from './support/testApp.ts';

const ADMIN_KEY = `dcs-ak-${'a'.repeat(43)}`;

const branchApp = async (storage: Storage): Promise<TestApp> =>
  testApp({
    storage,
    env: { PII_KEY: 'ab'.repeat(32), ADMIN_KEY },
    moreGames: [{ game: cardDuel, file: cardDuelFile }],
  });

const transcriptOf = async (client: DcsClient, sessionId: string) =>
  (await client.sessions.transcript.query({ sessionId })).events;

const wordsOf = async (client: DcsClient, sessionId: string) =>
  (await transcriptOf(client, sessionId)).map(({ seq, at, kind, content }) => [seq, at, kind, content]);

/** A duel between two players after one card of each. */
async function duel(app: TestApp) {
  const [home, away] = [await app.player('Home'), await app.player('Away')];
  const { sessionId } = await home.client.play.create.mutate({ game: 'card-duel' });
  await away.client.play.takeSeat.mutate({ sessionId, seat: 'away', commandId: newCommandId() });
  await home.client.play.open.mutate({ sessionId });
  for (const { client } of [home, away]) await playCard(client, sessionId);
  return { home: home.client, away: away.client, sessionId };
}

async function playCard(client: DcsClient, sessionId: string) {
  const { view } = await client.sessions.get.query({ sessionId });
  const card = Number(/\[(\d)/.exec(JSON.stringify(view))?.[1]);
  const action = { type: 'play', card };
  return client.play.act.mutate({ sessionId, commandId: newCommandId(), action });
}

describe.each([
  ['in memory', async () => openMemoryStorage()],
  ['over MongoDB', () => mongoStorage(inject('databaseUrl'))],
])('sessions.branch %s', (_where, open) => {
  it('gives a player the same scene to go on with in another way, and leaves the first as it is', async () => {
    await using app = await branchApp(await open());
    const { client } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    await session.act('I wave.');
    await session.act('I sit down.');
    await session.close();
    const before = await wordsOf(client, session.sessionId);
    const reply = session.transcript.filter(({ source }) => source === 'npc')[1];
    const atSeq = reply?.seq ?? 0;
    const made = await client.sessions.branch.mutate({ sessionId: session.sessionId, atSeq });
    expect(made).toMatchObject({ parentSessionId: session.sessionId, atSeq });
    const child = await client.sessions.get.query({ sessionId: made.sessionId });
    expect(child.session).toMatchObject({
      status: 'paused',
      turns: 2,
      yourSeat: 'pc',
      parent: { sessionId: session.sessionId, seq: atSeq },
    });
    expect((await wordsOf(client, made.sessionId)).slice(0, atSeq)).toEqual(before.slice(0, atSeq));
    const joined = await client.play.join(made.sessionId);
    expect(await joined.act('I walk away.')).toMatchObject({ accepted: true, turns: 3 });
    expect(await wordsOf(client, session.sessionId)).toEqual(before);
    expect((await client.sessions.list.query()).sessions[0]?.sessionId).toBe(made.sessionId);
    expect(app.faults).toEqual([]);
  });

  it('makes one branch of a command, however often it is sent', async () => {
    await using app = await branchApp(await open());
    const { client } = await app.player();
    const { sessionId } = await client.play.start({ game: 'explore' });
    const request = { sessionId, commandId: newCommandId() };
    const made = await Promise.all([1, 2, 3, 4, 5].map(() => client.sessions.branch.mutate(request)));
    expect(new Set(made.map((one) => one.sessionId)).size).toBe(1);
    expect((await client.sessions.list.query()).sessions).toHaveLength(2);
    const other = await client.sessions.branch.mutate({ sessionId });
    expect(other.sessionId).not.toBe(made[0]?.sessionId);
  });

  it('of a duel that is over can be played against somebody new, who sees only their own hand', async () => {
    await using app = await branchApp(await open());
    const { home, away, sessionId } = await duel(app);
    for (const client of [home, away, home, away]) await playCard(client, sessionId);
    const start = (await transcriptOf(home, sessionId)).find(({ kind }) => kind === 'info');
    const branch = await away.sessions.branch.mutate({ sessionId, atSeq: start?.seq ?? 0 });
    const cleo = await app.player('Cleo');
    const take = { sessionId: branch.sessionId, seat: 'home', commandId: newCommandId() };
    await cleo.client.play.takeSeat.mutate(take);
    const hers = await cleo.client.sessions.get.query({ sessionId: branch.sessionId });
    expect(hers.view).toMatchObject({ hands: { home: expect.any(Array), away: 3 } });
    expect(hers.session.parent).toBeNull();
    await cleo.client.play.open.mutate({ sessionId: branch.sessionId });
    expect(await playCard(cleo.client, branch.sessionId)).toMatchObject({ accepted: true, turns: 1 });
    expect(await playCard(away, branch.sessionId)).toMatchObject({ accepted: true, turns: 2 });
    const told = JSON.stringify(await transcriptOf(cleo.client, branch.sessionId));
    expect(told).not.toContain(sessionId);
    expect(await refusalOf(home.sessions.get.query({ sessionId: branch.sessionId }))).toMatchObject({
      reason: 'session/not-found',
    });
  });
});

describe('who may branch', () => {
  it('is everyone who takes part, but not while somebody else’s hand is in play; admins always may', async () => {
    await using app = await branchApp(openMemoryStorage());
    const { home, away, sessionId } = await duel(app);
    for (const client of [home, away])
      expect(await refusalOf(client.sessions.branch.mutate({ sessionId }))).toMatchObject({
        reason: 'branch/others-playing',
      });
    const admin = app.client({ accessKey: ADMIN_KEY });
    const made = await admin.sessions.branch.mutate({ sessionId });
    expect(await admin.sessions.get.query({ sessionId: made.sessionId })).toMatchObject({
      session: { yourSeat: 'home', turns: 2 },
    });
    await home.play.close.mutate({ sessionId, commandId: newCommandId() });
    expect(await away.sessions.branch.mutate({ sessionId })).toMatchObject({ parentSessionId: sessionId });
  });

  it('is nobody else: a stranger learns nothing and makes nothing', async () => {
    await using app = await branchApp(openMemoryStorage());
    const { sessionId } = await duel(app);
    const stranger = await app.player('Stranger');
    for (const id of [sessionId, 'no-such-session'])
      expect(await refusalOf(stranger.client.sessions.branch.mutate({ sessionId: id }))).toMatchObject({
        reason: 'session/not-found',
      });
    expect((await stranger.client.sessions.list.query()).sessions).toEqual([]);
    expect(await refusalOf(app.client().sessions.branch.mutate({ sessionId }))).toMatchObject({
      reason: 'auth/required',
    });
  });

  it('hears why a place is none', async () => {
    await using app = await branchApp(openMemoryStorage());
    const { client } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    await session.close();
    const { sessionId } = session;
    const refused = (atSeq: number) => refusalOf(client.sessions.branch.mutate({ sessionId, atSeq }));
    expect(await refused(10_000)).toMatchObject({ reason: 'branch/out-of-range' });
    expect(await refused(session.transcript.at(-1)?.seq ?? 0)).toMatchObject({
      reason: 'branch/over',
    });
    expect(await refused(-1)).toMatchObject({ reason: 'request/invalid' });
  });
});
