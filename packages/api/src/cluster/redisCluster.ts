import { randomUUID } from 'node:crypto';
import type { Logger } from '../logger.ts';
import type { Timers } from '../services/timers.ts';
import { createRedisAttendance } from './attendance.ts';
import type { Cluster } from './cluster.ts';
import { CLUSTER_UNAVAILABLE, ClusterUnavailable } from './clusterError.ts';
import type { Estate } from './crashRecovery.ts';
import { fenceLog } from './fencedLog.ts';
import type { LeaseMeter } from './leaseMeter.ts';
import { createMembership } from './membership.ts';
import type { Membership, NodeFacts } from './membership.ts';
import { createNodeCalls } from './nodeCalls.ts';
import { createRedisNotices } from './notices.ts';
import { createRedisLeases } from './redisLeases.ts';
import type { RedisLink } from './redisLink.ts';
import { redisNames } from './redisNames.ts';
import type { RedisNames } from './redisNames.ts';
import { CLEAR_AWAY } from './redisScripts.ts';
import { createSharedBus } from './sharedBus.ts';

export interface RedisClusterOptions {
  /** Closed by whoever opened it, after the cluster was stopped. */
  readonly link: RedisLink;
  /** In front of every name in Redis, so that several installations can share one. */
  readonly prefix: string;
  /** How long a node counts as living after it last said so, and keeps its sessions. */
  readonly leaseTtlMs: number;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly meter: LeaseMeter;
  /** Milliseconds that never jump. */
  readonly monotonic?: () => number;
}

/** What is counted are sessions. */
const NOT_COUNTED: LeaseMeter = { lease: () => undefined };

const NO_FACTS: NodeFacts = { startedAt: 0, liveSessions: 0, readers: 0 };

/** The nodes that find each other in one Redis. Rejects with ClusterUnavailable when it does not answer. */
export async function createRedisCluster(options: RedisClusterOptions): Promise<Cluster> {
  const { link, timers, logger, meter, leaseTtlMs } = options;
  const monotonic = options.monotonic ?? (() => performance.now());
  const names = redisNames(options.prefix);
  const origin = randomUUID();
  const onFault = (fault: unknown): void =>
    logger.warn({ err: fault }, 'The other servers were out of reach.');
  let facts = (): NodeFacts => NO_FACTS;
  const membership = createMembership({
    link,
    names,
    timers,
    monotonic,
    ttlMs: leaseTtlMs,
    facts: () => facts(),
    onFault,
  });
  const leases = createRedisLeases({ link, names, membership, meter });
  const tasks = createRedisLeases({
    link,
    names: { ...names, lease: (task) => names.task(task), held: () => names.tasks },
    membership,
    meter: NOT_COUNTED,
  });
  const calls = createNodeCalls({
    link,
    names,
    membership,
    timers,
    monotonic,
    silenceMs: leaseTtlMs / 2,
    onFault,
  });
  const attendance = createRedisAttendance({ link, names, membership });
  const notices = await createRedisNotices({ link, names, origin, onFault });
  const estate = estateOf(link, names, membership);
  const stops: (() => void)[] = [];

  return {
    leases,
    tasks,
    calls,
    attendance,
    notices,
    fence: (log) => fenceLog(log, leases),
    shareBus: (local, host) => {
      const shared = createSharedBus({ ...host, local, link, names, origin, timers });
      stops.push(() => shared.stop());
      return shared;
    },
    others: () => membership.nodes().filter(({ nodeId }) => nodeId !== membership.nodeId),
    onRejoined: (listener) => membership.onRejoined(listener),
    onEstate: (listener) => {
      const look = timers.every(Math.max(1, Math.floor(leaseTtlMs / 2)), () => {
        if (membership.isCurrent() && membership.gone().length > 0) listener(estate);
      });
      stops.push(() => look.cancel());
    },
    health: {
      name: 'cluster',
      reason: CLUSTER_UNAVAILABLE.reason,
      message: 'Redis does not answer, so this server cannot tell who drives which session.',
      check: async () => {
        if (!membership.isCurrent()) throw new ClusterUnavailable();
      },
    },
    start: async (given) => {
      facts = given;
      await membership.start();
    },
    stop: async () => {
      for (const stop of stops) stop();
      await membership.stop();
    },
  };
}

function estateOf(link: RedisLink, names: RedisNames, membership: Membership): Estate {
  return {
    gone: () => membership.gone(),
    someHeld: (nodeId, count) => link.someMembers(names.held(nodeId), count),
    someAttended: (nodeId, count) => link.someMembers(names.attended(nodeId), count),
    strikeOff: (nodeId, sessionId) => link.removeMember(names.held(nodeId), sessionId),
    clearAway: async (nodeId) => {
      const keys = [names.nodes, names.held(nodeId), names.attended(nodeId)];
      await link.run(CLEAR_AWAY, { keys, args: [nodeId] });
    },
  };
}
