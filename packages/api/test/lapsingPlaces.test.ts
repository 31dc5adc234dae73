import { experimentSchema } from '@dcs/engine';
import { expect, it } from 'vitest';
import { newCommandId } from '../src/client/index.ts';
import { openMemoryStorage } from '../src/storage.ts';
import type { Storage } from '../src/storage.ts';
import { refusalOf, testApp } from './support/testApp.ts';
import { until } from './support/until.ts';

const HOLD_MS = 3_600_000;
const NAME = 'one-place';

const ONE_PLACE = experimentSchema.parse({
  name: NAME,
  games: [{ name: 'explore' }],
  quotas: { perGame: 1 },
  assignment: { maxPerParticipant: 1, holdMinutes: 60 },
});

/** What the next session that is made waits for, before it is. */
interface Meanwhile {
  happens: () => Promise<unknown>;
}

function storageWith(meanwhile: Meanwhile): Storage {
  const storage = openMemoryStorage();
  const { sessions } = storage.stores;
  const create: typeof sessions.create = async (...session) => {
    const { happens } = meanwhile;
    meanwhile.happens = () => Promise.resolve();
    await happens();
    return sessions.create(...session);
  };
  const waiting = new Proxy(sessions, {
    get: (target, member) => (member === 'create' ? create : Reflect.get(target, member)),
  });
  return { ...storage, stores: { ...storage.stores, sessions: waiting } };
}

it('leaves no session of an assignment whose place went to somebody else while the session was made', async () => {
  let now = 1_800_000_000_000;
  const meanwhile: Meanwhile = { happens: () => Promise.resolve() };
  const storage = storageWith(meanwhile);
  await using app = await testApp({ storage, clock: { now: () => now }, moreExperiments: [ONE_PLACE] });
  const [late, quick] = [await app.player(), await app.player()];
  await late.client.experiments.join.mutate({ name: NAME });
  now += HOLD_MS;
  meanwhile.happens = () => {
    now += 1;
    return quick.client.experiments.join.mutate({ name: NAME });
  };
  const refused = await refusalOf(late.client.experiments.startSession.mutate({ name: NAME }));
  expect(refused).toMatchObject({ reason: 'assignment/dropped' });
  const played = await storage.stores.sessions.listByPlayer(late.playerId, { limit: 10 });
  expect(played.map(({ summary }) => summary.status)).toEqual(['closed']);
  const setup = await late.client.experiments.setup.query({ name: NAME });
  expect(setup).toMatchObject({ assignments: [], nextAssignment: { reason: 'quota_closed' } });
  expect(await quick.client.experiments.startSession.mutate({ name: NAME })).toMatchObject({
    resumed: false,
  });
});

it('offers a place that was left alone for too long to those who wait, though nobody else comes', async () => {
  let now = 1_800_000_000_000;
  const storage = openMemoryStorage();
  const start = () =>
    testApp({
      storage: { ...storage, close: () => Promise.resolve() },
      clock: { now: () => now },
      moreExperiments: [ONE_PLACE],
    });
  const accessKey = await (async () => {
    await using app = await start();
    const [left, waiting] = [await app.player(), await app.player()];
    await left.client.experiments.join.mutate({ name: NAME });
    await waiting.client.experiments.join.mutate({ name: NAME });
    const { nextAssignment } = await waiting.client.experiments.setup.query({ name: NAME });
    expect(nextAssignment.reason).toBe('quota_closed');
    return waiting.accessKey;
  })();
  now += HOLD_MS + 1;
  // A server goes its first round as soon as it is there.
  await using app = await start();
  const waiting = app.client();
  waiting.signIn(accessKey);
  const reason = async () => (await waiting.experiments.setup.query({ name: NAME })).nextAssignment.reason;
  await until(async () => (await reason()) === 'given');
  expect(await waiting.experiments.startSession.mutate({ name: NAME })).toMatchObject({ resumed: false });
});

it('leaves the code to somebody who was done when a place becomes free that they could have as well', async () => {
  const shared = experimentSchema.parse({
    name: NAME,
    games: [{ name: 'explore', overrides: { maxTurns: 3 } }, { name: 'foresight' }],
    quotas: { perGame: 1 },
    assignment: { strategy: 'next-incomplete-combination', maxPerParticipant: 2 },
  });
  await using app = await testApp({ moreExperiments: [shared] });
  const [{ client }, other] = [await app.player(), await app.player()];
  await client.experiments.join.mutate({ name: NAME });
  await other.client.experiments.join.mutate({ name: NAME });
  const { sessionId } = await client.experiments.startSession.mutate({ name: NAME });
  await client.play.open.mutate({ sessionId });
  await until(async () => {
    const act = { sessionId, commandId: newCommandId(), text: 'I wave.' };
    return (await client.play.act.mutate(act)).exited;
  });
  const before = await client.experiments.setup.query({ name: NAME });
  expect(before).toMatchObject({ nextAssignment: { reason: 'complete' } });
  expect(before.completion?.code).toMatch(/./);
  await other.client.experiments.withdraw.mutate({ name: NAME });
  const after = await client.experiments.setup.query({ name: NAME });
  expect(after).toMatchObject({ completion: before.completion, nextAssignment: { mode: 'ready' } });
});
