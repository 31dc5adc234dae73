import { describe, expect, inject, it } from 'vitest';
import { mongoStorage } from './support/mongoStorage.ts';
import { startRedis } from './support/redisServer.ts';
import { testApp } from './support/testApp.ts';
import type { TestApp, TestPlayer } from './support/testApp.ts';
import { openMemoryStorage } from '../src/storage.ts';

const command = (commandId: string) => ({ commandId });

/** An opened session of Explore in which something was said. */
async function play({ client }: TestPlayer, lines = 1): Promise<string> {
  const { sessionId } = await client.play.create.mutate({ game: 'explore' });
  await client.play.open.mutate({ sessionId });
  for (let line = 0; line < lines; line += 1) {
    await client.play.act.mutate({ sessionId, ...command(`say ${line}`.replace(' ', '-')), text: 'I wave.' });
  }
  return sessionId;
}

const metric = async (app: TestApp, line: string): Promise<boolean> => {
  const { body } = await app.http('/metrics');
  return String(body)
    .split('\n')
    .some((known) => known.startsWith(line) && !known.endsWith(' 0'));
};

describe('a server', () => {
  it('writes the history of a session when it ends', async () => {
    const storage = openMemoryStorage();
    await using app = await testApp({ storage });
    const player = await app.player();
    const sessionId = await play(player);
    expect(await storage.stores.history.get(sessionId)).toBeNull();
    await player.client.play.close.mutate({ sessionId, ...command('bye') });
    await expect
      .poll(() => storage.stores.history.get(sessionId))
      .toMatchObject({
        sessionId,
        result: 'interrupted',
        endReason: 'user_close_button',
        playerIds: [player.playerId],
      });
    await expect.poll(() => storage.stores.sessions.listUnarchived({ limit: 10 })).toEqual([]);
    expect(app.faults).toEqual([]);
  });

  it('has archived what has ended when it stops', async () => {
    const storage = openMemoryStorage();
    const app = await testApp({ storage });
    const player = await app.player();
    const sessionId = await play(player);
    await player.client.play.close.mutate({ sessionId, ...command('bye') });
    await app[Symbol.asyncDispose]();
    expect(await storage.stores.history.get(sessionId)).toMatchObject({ sessionId });
  });

  it('goes on from a snapshot in the database after a restart, with the same replies', async () => {
    const storage = await mongoStorage(inject('databaseUrl'));
    const lasting = { ...storage, close: () => Promise.resolve() };
    const env = { SNAPSHOT_POLICY: 'turnBoundary' };
    const first = await testApp({ storage: lasting, env });
    const player = await first.player();
    const sessionId = await play(player, 2);
    const again = { sessionId, ...command('say-1'), text: 'I wave.' };
    const reply = await player.client.play.act.mutate(again);
    await first[Symbol.asyncDispose]();
    expect(await storage.stores.snapshots.has(sessionId)).toBe(true);

    await using second = await testApp({ storage: lasting, env });
    const back = second.client();
    back.signIn(player.accessKey);
    expect(await back.play.act.mutate(again)).toEqual(reply);
    expect(await metric(second, 'dcs_snapshots_total{store="mongodb",outcome="loaded"}')).toBe(true);
    expect(await back.play.act.mutate({ ...again, ...command('say-2') })).toMatchObject({ accepted: true });
    expect(second.faults).toEqual([]);
    await second[Symbol.asyncDispose]();
    await storage.close();
  });

  it('keeps snapshots in Redis where there is one, and plays on when it forgets them', async () => {
    await using redis = await startRedis();
    const storage = openMemoryStorage();
    const env = { SNAPSHOT_POLICY: 'everyEvent', REDIS_URL: redis.url };
    const first = await testApp({ storage, env });
    const player = await first.player();
    const sessionId = await play(player);
    await first[Symbol.asyncDispose]();

    const second = await testApp({ storage, env });
    const back = second.client();
    back.signIn(player.accessKey);
    await back.sessions.status.query({ sessionId });
    expect(await metric(second, 'dcs_snapshots_total{store="redis",outcome="loaded"}')).toBe(true);
    await second[Symbol.asyncDispose]();

    await redis.kill();
    await redis.start();
    await using third = await testApp({ storage, env });
    const later = third.client();
    later.signIn(player.accessKey);
    const act = { sessionId, ...command('later'), text: 'I wave.' };
    expect(await later.play.act.mutate(act)).toMatchObject({ accepted: true });
    expect(await metric(third, 'dcs_snapshots_total{store="memory",outcome="loaded"}')).toBe(true);
  });
});
