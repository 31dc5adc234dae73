import type { SnapshotStore } from '@dcs/engine';
import { createLocalCluster } from './cluster/cluster.ts';
import type { Cluster } from './cluster/cluster.ts';
import { ClusterUnavailable } from './cluster/clusterError.ts';
import type { LeaseMeter } from './cluster/leaseMeter.ts';
import type { Env } from './env.ts';
import type { Logger } from './logger.ts';
import type { Timers } from './services/timers.ts';
import { StartError } from './startError.ts';

export interface OpenedCluster {
  readonly cluster: Cluster;
  /** Where all nodes find snapshots, if there is such a place. */
  readonly snapshotCache: SnapshotStore | null;
  /** Closes the connections, after the cluster was stopped. */
  close(): void;
}

export interface ClusterPorts {
  readonly timers: Timers;
  readonly logger: Logger;
  readonly meter: LeaseMeter;
}

/** The nodes that the settings name. Throws StartError when Redis is to be used and does not answer. */
export async function openCluster(
  env: Pick<Env, 'REDIS_URL' | 'REDIS_PREFIX' | 'LEASE_TTL_MS' | 'SNAPSHOT_TTL_SECONDS'>,
  ports: ClusterPorts,
): Promise<OpenedCluster> {
  if (env.REDIS_URL === null) {
    return { cluster: createLocalCluster(), snapshotCache: null, close: () => undefined };
  }
  // A server that is alone does without the client.
  const [{ openRedisLink }, { createRedisCluster }, { createRedisSnapshotStore }] = await Promise.all([
    import('./cluster/redisLink.ts'),
    import('./cluster/redisCluster.ts'),
    import('./store/redis/snapshotStore.ts'),
  ]);
  const { logger, timers } = ports;
  const onFault = (err: unknown): void => logger.warn({ err }, 'The connection to Redis broke.');
  try {
    const link = await openRedisLink({ url: env.REDIS_URL, timers, onFault });
    const prefix = env.REDIS_PREFIX;
    const options = { ...ports, link, prefix, leaseTtlMs: env.LEASE_TTL_MS };
    return {
      cluster: await createRedisCluster(options),
      snapshotCache: createRedisSnapshotStore({ link, prefix, ttlMs: env.SNAPSHOT_TTL_SECONDS * 1000 }),
      close: () => link.close(),
    };
  } catch (cause) {
    if (!(cause instanceof ClusterUnavailable)) throw cause;
    const message =
      'Redis does not answer at the address in REDIS_URL. Start it, correct the address, or leave REDIS_URL out to run one server alone.';
    throw new StartError('cluster/unavailable', message, { cause });
  }
}
