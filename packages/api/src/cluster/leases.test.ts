import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { manualTimers, settled } from '../../test/support/manualTimers.ts';
import { startRedis } from '../../test/support/redisServer.ts';
import type { RedisServer } from '../../test/support/redisServer.ts';
import { refusalOf } from '../../test/support/testApp.ts';
import { until } from '../../test/support/until.ts';
import { systemTimers } from '../services/timers.ts';
import { ClusterUnavailable } from './clusterError.ts';
import { createLocalLeases } from './leases.ts';
import type { SessionLeases } from './leases.ts';
import { createMembership } from './membership.ts';
import type { Membership } from './membership.ts';
import { createRedisLeases } from './redisLeases.ts';
import { openRedisLink } from './redisLink.ts';
import type { RedisLink } from './redisLink.ts';
import { redisNames } from './redisNames.ts';
import { script } from './redisScripts.ts';

const newSession = (): string => randomUUID();

/** What both kinds of leases have in common, as a node sees it that has nobody to share with. */
function describeLeases(name: string, open: () => SessionLeases): void {
  describe(`leases ${name}`, () => {
    it('are given to the only node that asks, as often as it asks', async () => {
      const leases = open();
      const sessionId = newSession();
      const first = await leases.acquire(sessionId);
      expect(first).toMatchObject({ granted: true });
      expect(await leases.acquire(sessionId)).toEqual(first);
      expect(leases.holds(sessionId)).toBe(true);
      expect(await leases.confirm(sessionId)).toBe(true);
    });

    it('can be had again after they were given back', async () => {
      const leases = open();
      const sessionId = newSession();
      await leases.acquire(sessionId);
      await leases.release(sessionId);
      await leases.release(sessionId);
      expect(await leases.acquire(sessionId)).toMatchObject({ granted: true });
      expect(leases.holds(sessionId)).toBe(true);
    });
  });
}

const TTL_MS = 3_000;
const FORGET = script(`return redis.call('DEL', KEYS[1])`);

interface TestNode {
  readonly leases: SessionLeases;
  readonly membership: Membership;
  readonly timers: ReturnType<typeof manualTimers>;
  readonly changes: string[];
  readonly lost: string[];
  readonly taken: string[];
  /** Lets time pass without any timer firing. */
  sleep(ms: number): void;
}

describe('several nodes in one Redis', () => {
  let redis: RedisServer;
  let link: RedisLink;
  let prefix = '';
  beforeAll(async () => {
    redis = await startRedis();
    link = await openRedisLink({ url: redis.url, timers: systemTimers(), onFault: () => undefined });
  });
  afterAll(async () => {
    link.close();
    await redis[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    prefix = `test-${randomUUID()}`;
  });

  /** A node whose time passes when the test says so; for Redis, time passes by itself. */
  async function joinNode({ ttlMs = TTL_MS, over = link } = {}): Promise<TestNode> {
    const timers = manualTimers();
    const names = redisNames(prefix);
    let slept = 0;
    const [changes, lost, taken]: [string[], string[], string[]] = [[], [], []];
    const membership = createMembership({
      link: over,
      names,
      timers,
      monotonic: () => timers.clock.now() + slept,
      ttlMs,
      facts: () => ({ startedAt: 1, liveSessions: 2, readers: 3 }),
      onFault: (fault) => {
        throw fault;
      },
    });
    const meter = { lease: (change: string) => void changes.push(change) };
    const leases = createRedisLeases({ link: over, names, membership, meter });
    leases.onLost((sessionId) => void lost.push(sessionId));
    leases.onTaken((sessionId) => void taken.push(sessionId));
    await membership.start();
    const sleep = (ms: number): void => {
      slept += ms;
    };
    return { leases, membership, timers, changes, lost, taken, sleep };
  }

  /** A node's key goes, as it does in Redis when it has not been renewed for too long. */
  const expire = async ({ membership }: TestNode): Promise<void> => {
    const names = redisNames(prefix);
    await link.run(FORGET, { keys: [names.node(membership.nodeId)], args: [] });
  };

  describe('for one of them', () => {
    let node: TestNode;
    beforeEach(async () => {
      node = await joinNode();
    });
    describeLeases('in Redis', () => node.leases);
  });

  it('give a session to one of them, however many ask at once', async () => {
    const nodes = await Promise.all(Array.from({ length: 5 }, () => joinNode()));
    const sessionId = newSession();
    const asked = await Promise.all(nodes.map(({ leases }) => leases.acquire(sessionId)));
    expect(asked.filter(({ granted }) => granted)).toHaveLength(1);
    const holder = nodes.find(({ leases }) => leases.holds(sessionId));
    for (const lease of asked) if (!lease.granted) expect(lease.heldBy).toBe(holder?.membership.nodeId);
    expect(await nodes[0]?.leases.holderOf(sessionId)).toBe(holder?.membership.nodeId);
  });

  it('number every grant higher than all before, even when Redis has forgotten everything', async () => {
    const [one, other] = [await joinNode(), await joinNode()];
    const sessionId = newSession();
    const fences: number[] = [];
    for (const { leases } of [one, other, one, other]) {
      const lease = await leases.acquire(sessionId);
      if (lease.granted) fences.push(lease.fence);
      await leases.release(sessionId);
    }
    await link.run(FORGET, { keys: [redisNames(prefix).fence], args: [] });
    const last = await one.leases.acquire(sessionId);
    if (last.granted) fences.push(last.fence);
    expect(fences).toHaveLength(5);
    expect(fences).toEqual([...new Set(fences)].toSorted((a, b) => a - b));
  });

  it('keep a session from others as long as its node lives, and give it away when it is gone', async () => {
    const [one, other] = [await joinNode(), await joinNode()];
    const sessionId = newSession();
    await one.leases.acquire(sessionId);
    expect(await other.leases.acquire(sessionId)).toMatchObject({ granted: false });
    await expire(one);
    expect(await other.leases.acquire(sessionId)).toMatchObject({ granted: true });
    expect(other.changes).toEqual(['takenOver']);
  });

  it('give a session to another one that names a holder it cannot reach, and the holder finds out', async () => {
    const [one, other] = [await joinNode(), await joinNode()];
    const sessionId = newSession();
    await one.leases.acquire(sessionId);
    expect(await other.leases.acquire(sessionId, { takeFrom: 'somebody else' })).toMatchObject({
      granted: false,
    });
    const { nodeId } = one.membership;
    expect(await other.leases.acquire(sessionId, { takeFrom: nodeId })).toMatchObject({ granted: true });
    expect(await one.leases.confirm(sessionId)).toBe(false);
    expect(one.leases.holds(sessionId)).toBe(false);
    expect(one.lost).toEqual([sessionId]);
    expect(await other.leases.confirm(sessionId)).toBe(true);
  });

  it('let a job write only under the grant under which it was begun, though its node may write again', async () => {
    const [one, other] = [await joinNode(), await joinNode()];
    const sessionId = newSession();
    expect(one.leases.mayWrite(sessionId)).toBe('ask');
    await one.leases.acquire(sessionId);
    await one.leases.under(sessionId, async () => {
      expect(one.leases.mayWrite(sessionId)).toBe(true);
      await other.leases.acquire(sessionId, { takeFrom: one.membership.nodeId });
      await one.leases.confirm(sessionId);
      expect(one.leases.mayWrite(sessionId)).toBe(false);
      await other.leases.release(sessionId);
      await one.leases.acquire(sessionId);
      expect(one.leases.mayWrite(sessionId)).toBe(false);
    });
    expect(one.leases.mayWrite(sessionId)).toBe(true);
  });

  it('trust a lease no longer than Redis does, without being told', async () => {
    const node = await joinNode();
    const sessionId = newSession();
    await node.leases.acquire(sessionId);
    expect(node.leases.holds(sessionId)).toBe(true);
    // The process slept: no timer fired, and the deadline has passed all the same.
    node.sleep(TTL_MS);
    expect(node.leases.holds(sessionId)).toBe(false);
  });

  it('lose everything at once when they were missed, and come back under another id', async () => {
    const node = await joinNode();
    const sessionIds = [newSession(), newSession()];
    for (const sessionId of sessionIds) await node.leases.acquire(sessionId);
    const before = node.membership.nodeId;
    await expire(node);
    node.timers.advance(TTL_MS / 3);
    await until(() => node.lost.length === 2);
    expect(node.lost.toSorted()).toEqual(sessionIds.toSorted());
    expect(node.changes.filter((change) => change === 'lost')).toHaveLength(2);
    await rejoined(node, before);
    expect(await node.leases.acquire(sessionIds[0] ?? '')).toMatchObject({ granted: true });
    expect(node.taken).toHaveLength(3);
  });

  it('know each other, and who is gone', async () => {
    const [one, other] = [await joinNode(), await joinNode()];
    one.timers.advance(TTL_MS / 3);
    await until(() => one.membership.nodes().length === 2);
    expect(
      one.membership
        .nodes()
        .map(({ nodeId }) => nodeId)
        .toSorted(),
    ).toEqual([one, other].map(({ membership }) => membership.nodeId).toSorted());
    expect(one.membership.nodes()[0]).toMatchObject({ startedAt: 1, liveSessions: 2, readers: 3 });
    await expire(other);
    one.timers.advance(TTL_MS / 3);
    await until(() => one.membership.gone().length === 1);
    expect(one.membership.gone()).toEqual([other.membership.nodeId]);
  });

  it('leave nothing behind when they stop in good order', async () => {
    const [one, other] = [await joinNode(), await joinNode()];
    const sessionId = newSession();
    await one.leases.acquire(sessionId);
    await one.membership.stop();
    expect(await other.leases.acquire(sessionId)).toMatchObject({ granted: true });
    expect(other.changes).toEqual(['acquired']);
    other.timers.advance(TTL_MS / 3);
    await until(() => other.membership.nodes().length === 1);
    expect(other.membership.gone()).toEqual([]);
  });

  it('hold nothing while Redis cannot be asked for too long, and hold it again afterwards', async () => {
    const own = await startRedis();
    const ownLink = await openRedisLink({ url: own.url, timers: systemTimers(), onFault: () => undefined });
    try {
      const node = await joinNode({ over: ownLink });
      const sessionId = newSession();
      await node.leases.acquire(sessionId);
      await own.kill();
      await until(() => !ownLink.isWhole());
      expect(await refusalOf(node.leases.acquire(newSession()))).toBeInstanceOf(ClusterUnavailable);
      expect(node.leases.holds(sessionId)).toBe(true);
      const before = node.membership.nodeId;
      await beatUntil(node, () => node.lost.length === 1);
      expect(node.leases.holds(sessionId)).toBe(false);
      await own.start();
      await until(() => ownLink.isWhole());
      await rejoined(node, before);
      expect(await node.leases.acquire(sessionId)).toMatchObject({ granted: true });
    } finally {
      ownLink.close();
      await own[Symbol.asyncDispose]();
    }
  });
});

describeLeases('for one process alone', createLocalLeases);

async function beatUntil({ timers }: TestNode, isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    timers.advance(TTL_MS / 3);
    await settled();
    await pause(5);
  }
}

/** Beats until the node counts again. */
async function rejoined(node: TestNode, before: string): Promise<void> {
  await beatUntil(node, () => node.membership.isCurrent());
  expect(node.membership.nodeId).not.toBe(before);
}
