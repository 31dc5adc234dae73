import { experimentSchema } from '@dcs/engine';
import { describe, expect, inject, it } from 'vitest';
import type { DcsClient } from '../src/client/index.ts';
import type { SessionFrame } from '../src/dto.ts';
import { openMemoryStorage } from '../src/storage.ts';
import type { Storage } from '../src/storage.ts';
import { StoreUnavailable } from '../src/store/storeErrors.ts';
import { clusterApps, nodeOf } from './support/clusterApps.ts';
import { mongoStorage } from './support/mongoStorage.ts';
import { refusalOf, testApp } from './support/testApp.ts';
import type { TestApp, TestAppOptions } from './support/testApp.ts';
import { until } from './support/until.ts';

const ADMIN_KEY = `dcs-ak-${'a'.repeat(43)}`;
const env = { PII_KEY: 'ab'.repeat(32), ADMIN_KEY };

const open = async (options: TestAppOptions = {}): Promise<TestApp> =>
  testApp({ ...options, env: { ...env, ...options.env } });

const adminOf = (app: TestApp): DcsClient => app.client({ accessKey: ADMIN_KEY });

const kindsOf = (frames: readonly SessionFrame[]): readonly string[] =>
  frames.flatMap((frame) => (frame.type === 'events' ? frame.events.map(({ kind }) => kind) : []));

/** Follows a session from its beginning, or from a frame; what comes is added to the result. */
function follow(client: DcsClient, sessionId: string, lastEventId = '0') {
  const frames: SessionFrame[] = [];
  const subscription = client.play.events.subscribe(
    { sessionId, lastEventId },
    { onData: ({ data }) => void frames.push(data) },
  );
  return { frames, leave: () => subscription.unsubscribe() };
}

/** What the audit log says was done to something, oldest first, as `action` and `actorId`. */
async function deedsOn({ storage }: TestApp, targetId: string) {
  const entries = await storage.stores.audit.list({ limit: 50, targetId });
  return entries.toReversed().map(({ action, details }) => [action, details]);
}

describe('an announcement', () => {
  it('reaches the player at once, and again when they connect anew, without saying whose it is', async () => {
    await using app = await open();
    const { client, playerId } = await app.player();
    const { sessionId } = await client.play.start({ game: 'explore' });
    const live = follow(client, sessionId);
    await until(() => kindsOf(live.frames).includes('message'));
    const admin = adminOf(app);
    const said = { sessionId, commandId: 'say-1', text: '  Ten minutes left.  ' };
    const reply = await admin.admin.announce.mutate(said);
    expect(await admin.admin.announce.mutate(said)).toEqual(reply);
    await until(() => kindsOf(live.frames).includes('announcement'));
    live.leave();
    const again = follow(client, sessionId);
    await until(() => kindsOf(again.frames).includes('announcement'));
    const events = again.frames.flatMap((frame) => (frame.type === 'events' ? frame.events : []));
    const told = events.filter(({ kind }) => kind === 'announcement');
    expect(told).toMatchObject([
      { direction: 'outbound', source: 'system', format: 'text', content: 'Ten minutes left.', turn: 2 },
    ]);
    const { playerId: adminId } = await admin.players.me.query();
    expect(JSON.stringify(told)).not.toContain(adminId);
    expect(adminId).not.toBe(playerId);
    again.leave();
  });

  it('has words, and not too many', async () => {
    await using app = await open();
    const { client } = await app.player();
    const { sessionId } = await client.play.start({ game: 'explore' });
    const admin = adminOf(app);
    for (const text of ['', '   ', 'a'.repeat(1_001)]) {
      const refused = refusalOf(admin.admin.announce.mutate({ sessionId, commandId: 'x', text }));
      expect(await refused).toMatchObject({ reason: 'request/invalid' });
    }
    const nowhere = admin.admin.announce.mutate({ sessionId: 'nowhere', commandId: 'x', text: 'Hello.' });
    expect(await refusalOf(nowhere)).toMatchObject({ reason: 'session/not-found' });
  });
});

describe('a session that is held', () => {
  it('says so to its player, refuses what they do, keeps its clock, and goes on when it is released', async () => {
    await using app = await open();
    const { client } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    const { sessionId } = session;
    const live = follow(client, sessionId);
    const admin = adminOf(app);
    await admin.admin.holdSession.mutate({ sessionId, commandId: 'hold', reason: 'We check something.' });
    await until(() => live.frames.some((frame) => frame.type === 'status' && frame.status === 'paused'));
    expect(live.frames.at(-1)).toEqual({ type: 'status', status: 'paused', reason: 'held' });
    const refused = client.play.act.mutate({ sessionId, commandId: 'c1', text: 'I wave.' });
    expect(await refusalOf(refused)).toMatchObject({ reason: 'session/held', retryable: false });
    const held = (await client.sessions.get.query({ sessionId })).session;
    expect(held).toMatchObject({ status: 'paused', turns: 1, held: { reason: 'We check something.' } });

    await admin.admin.releaseSession.mutate({ sessionId, commandId: 'release' });
    // Somebody is at the table, so that nobody has to do anything for it.
    await until(() => live.frames.some((frame) => frame.type === 'status' && frame.status === 'active'));
    expect((await client.sessions.get.query({ sessionId })).session).toMatchObject({
      status: 'active',
      held: null,
    });
    expect(await session.act('I wave.')).toMatchObject({ accepted: true, turns: 2 });
    live.leave();
    expect(app.faults).toEqual([]);
  });

  it('tells whoever looks at it later, and rests when it is released while nobody is there', async () => {
    await using app = await open({ env: { PAUSE_GRACE_SECONDS: '0' } });
    const { client } = await app.player();
    const { sessionId, ...session } = await client.play.start({ game: 'explore' });
    session.leave();
    const statusOf = async () => (await client.sessions.status.query({ sessionId })).status;
    await until(async () => (await statusOf()) === 'paused');
    const admin = adminOf(app);
    await admin.admin.holdSession.mutate({ sessionId, commandId: 'hold' });
    const late = follow(admin, sessionId);
    await until(() => late.frames.some(({ type }) => type === 'meta'));
    const [meta] = late.frames;
    expect(meta).toMatchObject({ type: 'meta', session: { status: 'paused', held: { reason: '' } } });
    late.leave();
    await admin.admin.releaseSession.mutate({ sessionId, commandId: 'release' });
    expect(await statusOf()).toBe('paused');
    const again = admin.admin.releaseSession.mutate({ sessionId, commandId: 'again' });
    expect(await refusalOf(again)).toMatchObject({ reason: 'session/not-held' });
    const back = await client.play.join(sessionId);
    expect(await back.act('I wave.')).toMatchObject({ accepted: true });
  });

  it('tells a reader for whom it was paused before that it is held now', async () => {
    await using app = await open({ env: { PAUSE_GRACE_SECONDS: '0' } });
    const { client } = await app.player();
    const { sessionId, ...session } = await client.play.start({ game: 'explore' });
    session.leave();
    await until(async () => (await client.sessions.status.query({ sessionId })).status === 'paused');
    const admin = adminOf(app);
    const watched = follow(admin, sessionId);
    await until(() => kindsOf(watched.frames).includes('session_paused'));
    await admin.admin.holdSession.mutate({ sessionId, commandId: 'hold' });
    await until(() => watched.frames.at(-1)?.type === 'status');
    expect(watched.frames.at(-1)).toEqual({ type: 'status', status: 'paused', reason: 'held' });
    await admin.admin.releaseSession.mutate({ sessionId, commandId: 'release' });
    await until(() => kindsOf(watched.frames).includes('session_released'));
    await until(() => watched.frames.at(-1)?.type === 'status');
    expect(watched.frames.at(-1)).toEqual({ type: 'status', status: 'paused' });
    watched.leave();
  });
});

const pilot = experimentSchema.parse({ name: 'pilot', games: [{ name: 'explore' }] });
const moreExperiments = [pilot];
const of = { name: 'pilot' };

describe('a session of an experiment that is held', () => {
  it.each([
    ['in memory', async (): Promise<Storage> => openMemoryStorage()],
    ['over MongoDB', () => mongoStorage(inject('databaseUrl'))],
  ])(
    'keeps its place, and is complained of when that is long, after a restart as well, %s',
    async (_where, storeOf) => {
      const storage = { ...(await storeOf()), close: async () => undefined };
      let now = Date.UTC(2026, 0, 1, 12);
      const clock = { now: () => now };
      let sessionId = '';
      {
        await using app = await open({ storage, moreExperiments, clock });
        const { client } = await app.player();
        await client.experiments.join.mutate(of);
        ({ sessionId } = await client.experiments.startSession.mutate(of));
        await client.play.open.mutate({ sessionId });
        const { admin } = adminOf(app);
        await admin.holdSession.mutate({ sessionId, commandId: 'hold' });
        const dashboard = await admin.experiment.query(of);
        expect(dashboard.sessionsInFlight).toMatchObject([{ sessionId, status: 'paused', held: true }]);
        expect(dashboard.alerts).toEqual([]);
      }
      now += 30 * 86_400_000;
      await using app = await open({ storage, moreExperiments, clock });
      const { admin } = adminOf(app);
      const alertsOf = async () => (await admin.experiment.query(of)).alerts;
      expect(await alertsOf()).toMatchObject([{ kind: 'session-held', severity: 'warning', sessionId }]);
      await admin.releaseSession.mutate({ sessionId, commandId: 'release' });
      await until(async () => (await alertsOf()).every(({ kind }) => kind !== 'session-held'));
    },
  );
});

describe('ending a session of an experiment', () => {
  it.each([
    ['in memory', async (): Promise<Storage> => openMemoryStorage()],
    ['over MongoDB', () => mongoStorage(inject('databaseUrl'))],
  ])('interrupts the assignment, which can be taken up again, %s', async (_where, storage) => {
    await using app = await open({ storage: await storage(), moreExperiments });
    const { client } = await app.player();
    await client.experiments.join.mutate(of);
    const { sessionId } = await client.experiments.startSession.mutate(of);
    await client.play.open.mutate({ sessionId });
    const admin = adminOf(app);
    const before = await admin.admin.session.query({ sessionId });
    expect(before).toMatchObject({
      session: { sessionId, status: 'active', yourSeat: null },
      assignment: {
        experiment: 'pilot',
        participantNumber: 1,
        status: 'in_progress',
        attempt: 1,
        attempts: 1,
      },
      seats: [
        { name: 'pc', holder: 'player' },
        { name: 'npc', holder: 'model', playerId: null },
      ],
      calls: { calls: 0, costUsd: 0 },
    });
    const ended = { sessionId, commandId: 'end' };
    const reply = await admin.admin.endSession.mutate(ended);
    expect(reply).toMatchObject({ exited: true, exitReason: 'ended_by_administrator' });
    expect(await admin.admin.endSession.mutate(ended)).toEqual(reply);
    await until(async () => {
      const { assignment } = await admin.admin.session.query({ sessionId });
      return assignment?.status === 'interrupted';
    });
    const next = await client.experiments.startSession.mutate(of);
    expect(next.sessionId).not.toBe(sessionId);
    expect((await admin.admin.session.query({ sessionId: next.sessionId })).assignment).toMatchObject({
      attempt: 2,
      attempts: 2,
    });
    expect((await deedsOn(app, sessionId)).filter(([action]) => action === 'session/ended')).toHaveLength(1);
  });
});

describe('the account of who looks at sessions and steers them', () => {
  it('has one entry for each administrator, session and hour, whatever way they look, before they see anything', async () => {
    let now = Date.UTC(2026, 0, 1, 12, 30);
    await using app = await open({ clock: { now: () => now } });
    const { client, playerId } = await app.player();
    const { sessionId } = await client.play.start({ game: 'explore' });
    await client.sessions.transcript.query({ sessionId });
    expect(await deedsOn(app, sessionId)).toEqual([]);
    const admin = adminOf(app);
    await Promise.all([
      admin.sessions.get.query({ sessionId }),
      admin.sessions.transcript.query({ sessionId }),
      admin.sessions.reconstruction.query({ sessionId }),
      admin.admin.session.query({ sessionId }),
    ]);
    const watched = follow(admin, sessionId);
    await until(() => watched.frames.length > 0);
    watched.leave();
    expect(await deedsOn(app, sessionId)).toEqual([['session/watched', {}]]);
    now += 3_600_000;
    await admin.sessions.status.query({ sessionId });
    expect(await deedsOn(app, sessionId)).toHaveLength(2);
    const { playerId: adminId } = await admin.players.me.query();
    const entries = await app.storage.stores.audit.list({ limit: 9, actorId: adminId });
    expect(entries.every(({ targetId }) => targetId === sessionId)).toBe(true);
    expect(await app.storage.stores.audit.list({ limit: 9, actorId: playerId })).toEqual([]);
  });

  it('leaves out what administrators play themselves', async () => {
    await using app = await open();
    const admin = adminOf(app);
    const session = await admin.play.start({ game: 'explore' });
    await session.act('I wave.');
    await admin.sessions.transcript.query({ sessionId: session.sessionId });
    expect(await deedsOn(app, session.sessionId)).toEqual([]);
  });

  it('keeps administrators from what they look at while it cannot be written', async () => {
    const lasting = openMemoryStorage();
    let isAway = false;
    const { audit } = lasting.stores;
    const storage: Storage = {
      ...lasting,
      stores: {
        ...lasting.stores,
        audit: {
          list: (page) => audit.list(page),
          append: (entry) =>
            isAway
              ? Promise.reject(new StoreUnavailable(new Error('As the test wants it.')))
              : audit.append(entry),
        },
      },
    };
    await using app = await open({ storage });
    const { client } = await app.player();
    const { sessionId } = await client.play.start({ game: 'explore' });
    const admin = adminOf(app);
    isAway = true;
    const attempts = [
      () => admin.sessions.get.query({ sessionId }),
      () => admin.sessions.reconstruction.query({ sessionId }),
      () => admin.admin.session.query({ sessionId }),
      () => admin.admin.endSession.mutate({ sessionId, commandId: 'end' }),
    ];
    for (const attempt of attempts)
      expect(await refusalOf(attempt())).toMatchObject({ reason: 'store/unavailable', retryable: true });
    expect((await client.sessions.status.query({ sessionId })).status).toBe('active');
    isAway = false;
    await admin.sessions.get.query({ sessionId });
    expect(await deedsOn(app, sessionId)).toEqual([['session/watched', {}]]);
  });

  it('says what was done, and of messages only how long they were', async () => {
    await using app = await open();
    const { client } = await app.player();
    const { sessionId } = await client.play.start({ game: 'explore' });
    const admin = adminOf(app);
    const held = { sessionId, commandId: 'hold', reason: 'We check something.' };
    await admin.admin.holdSession.mutate(held);
    await admin.admin.holdSession.mutate(held);
    await admin.admin.announce.mutate({ sessionId, commandId: 'say', text: 'Hello.' });
    await admin.admin.releaseSession.mutate({ sessionId, commandId: 'release' });
    await admin.admin.endSession.mutate({ sessionId, commandId: 'end' });
    expect(await deedsOn(app, sessionId)).toEqual([
      ['session/held', { reason: 'We check something.' }],
      ['session/announced', { length: 6 }],
      ['session/released', {}],
      ['session/ended', {}],
    ]);
    const first = await admin.admin.audit.query({ targetId: sessionId, limit: 3 });
    expect(first.entries.map(({ action }) => action)).toEqual([
      'session/ended',
      'session/released',
      'session/announced',
    ]);
    const cursor = first.nextCursor ?? '';
    const rest = await admin.admin.audit.query({ targetId: sessionId, limit: 3, cursor });
    expect(rest).toMatchObject({ entries: [{ action: 'session/held' }], nextCursor: null });
    const ofAction = await admin.admin.audit.query({ action: 'session/ended' });
    expect(ofAction.entries).toMatchObject([{ targetId: sessionId }]);
    expect(await refusalOf(admin.admin.audit.query({ cursor: 'nonsense' }))).toMatchObject({
      reason: 'request/invalid-cursor',
    });
  });

  it('is for administrators alone, and so is all that is in it', async () => {
    await using app = await open();
    const { client } = await app.player();
    const { sessionId } = await client.play.start({ game: 'explore' });
    const command = { sessionId, commandId: 'x' };
    const attempts = [
      () => client.admin.session.query({ sessionId }),
      () => client.admin.holdSession.mutate(command),
      () => client.admin.releaseSession.mutate(command),
      () => client.admin.endSession.mutate(command),
      () => client.admin.announce.mutate({ ...command, text: 'Hello.' }),
      () => client.admin.audit.query(),
    ];
    for (const attempt of attempts)
      expect(await refusalOf(attempt())).toMatchObject({ reason: 'auth/forbidden' });
    expect((await client.sessions.status.query({ sessionId })).status).toBe('active');
    expect(await deedsOn(app, sessionId)).toEqual([]);
  });
});

describe('steering from another server than the one that drives the session', () => {
  it('reaches the player, holds the session, lets it go on where they are, and ends it', async () => {
    await using cluster = await clusterApps(2, { env: { ADMIN_KEY } });
    const [here, there] = [nodeOf(cluster, 0), nodeOf(cluster, 1)];
    const { client } = await here.player();
    const session = await client.play.start({ game: 'explore' });
    const { sessionId } = session;
    const admin = adminOf(there);
    await admin.admin.announce.mutate({ sessionId, commandId: 'say', text: 'Hello.' });
    await until(() => session.transcript.some(({ kind }) => kind === 'announcement'));
    await admin.admin.holdSession.mutate({ sessionId, commandId: 'hold' });
    await until(() => session.session?.status === 'paused');
    expect(session.session?.held).toMatchObject({ reason: '' });
    const refused = client.play.act.mutate({ sessionId, commandId: 'c1', text: 'I wave.' });
    expect(await refusalOf(refused)).toMatchObject({ reason: 'session/held' });
    await admin.admin.releaseSession.mutate({ sessionId, commandId: 'release' });
    await until(() => session.session?.status === 'active');
    expect(session.session?.held).toBeNull();
    expect(await session.act('I wave.')).toMatchObject({ accepted: true });
    await admin.admin.endSession.mutate({ sessionId, commandId: 'end' });
    await until(() => session.transcript.at(-1)?.kind === 'session_end');
    const [watched, ...more] = await cluster.storage.stores.audit.list({
      limit: 9,
      action: 'session/watched',
    });
    expect([watched, more]).toEqual([undefined, []]);
    await Promise.all([here, there].map((node) => adminOf(node).sessions.get.query({ sessionId })));
    const looks = await cluster.storage.stores.audit.list({ limit: 9, action: 'session/watched' });
    expect(looks).toHaveLength(1);
    expect(cluster.nodes.flatMap(({ faults }) => faults)).toEqual([]);
  });
});
