import type { Snapshot } from '@dcs/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRedis } from '../../../test/support/redisServer.ts';
import type { RedisServer } from '../../../test/support/redisServer.ts';
import { ClusterUnavailable } from '../../cluster/clusterError.ts';
import { openRedisLink } from '../../cluster/redisLink.ts';
import type { RedisLink } from '../../cluster/redisLink.ts';
import { script } from '../../cluster/redisScripts.ts';
import { systemTimers } from '../../services/timers.ts';
import { describeSnapshotStore } from '../contract/snapshotStore.ts';
import { newId } from '../contract/samples.ts';
import { createRedisSnapshotStore, snapshotKey } from './snapshotStore.ts';

const TTL_MS = 60_000;
const TTL_OF = script(`return redis.call('PTTL', KEYS[1])`);
const EXPIRE_SOON = script(`return redis.call('PEXPIRE', KEYS[1], 10000)`);
const SPOIL = script(`return redis.call('HSET', KEYS[1], 'json', '{"seq":7}')`);

describe('snapshots in Redis', () => {
  let redis: RedisServer;
  let link: RedisLink;
  beforeAll(async () => {
    redis = await startRedis();
    link = await openRedisLink({ url: redis.url, timers: systemTimers(), onFault: () => undefined });
  });
  afterAll(async () => {
    link.close();
    await redis[Symbol.asyncDispose]();
  });

  const open = () => createRedisSnapshotStore({ link, prefix: 'dcs', ttlMs: TTL_MS });
  const run = async (what: typeof TTL_OF, sessionId: string) =>
    link.run(what, { keys: [snapshotKey('dcs', sessionId)], args: [] });
  const sample = (): Snapshot => {
    return { sessionId: newId(), seq: 3, schemaVersion: 1, fold: 'f', core: {}, game: 0, replies: [] };
  };

  describeSnapshotStore(open);

  it('are found under the name of their kind and the id of their session', () => {
    expect(snapshotKey('dcs', 'abc-1')).toBe('dcs:snapshot:abc-1');
  });

  it('live for their whole time again whenever they are put, and reading them does not prolong it', async () => {
    const snapshot = sample();
    await open().put(snapshot);
    expect(await run(TTL_OF, snapshot.sessionId)).toBeGreaterThan(TTL_MS - 10_000);
    await run(EXPIRE_SOON, snapshot.sessionId);
    await open().get(snapshot.sessionId);
    expect(await run(TTL_OF, snapshot.sessionId)).toBeLessThanOrEqual(10_000);
    await open().put(snapshot);
    expect(await run(TTL_OF, snapshot.sessionId)).toBeGreaterThan(TTL_MS - 10_000);
  });

  it('are known to be damaged when their text is not what was put', async () => {
    const snapshot = sample();
    await open().put(snapshot);
    await run(SPOIL, snapshot.sessionId);
    await expect(open().get(snapshot.sessionId)).rejects.toMatchObject({ reason: 'snapshot/damaged' });
  });

  it('are out of reach, and never wrong, while Redis is away', async () => {
    const snapshot = sample();
    await open().put(snapshot);
    await redis.kill();
    await expect(open().get(snapshot.sessionId)).rejects.toBeInstanceOf(ClusterUnavailable);
    await expect(open().put(snapshot)).rejects.toBeInstanceOf(ClusterUnavailable);
    await redis.start();
    await expect
      .poll(() =>
        open()
          .get(snapshot.sessionId)
          .catch(() => 'away'),
      )
      .toBeNull();
  });
});
