import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedDatabase } from '../../packages/api/src/database/embeddedDatabase.ts';
import { openLine } from '../../packages/api/src/store/contract/cuttableLine.ts';
import type { CuttableLine } from '../../packages/api/src/store/contract/cuttableLine.ts';
import { startRedis } from '../../packages/api/test/support/redisServer.ts';
import type { RedisServer } from '../../packages/api/test/support/redisServer.ts';
import { startBalancer } from './balancer.ts';
import { startServerProcess } from './serverProcess.ts';
import type { ServerProcess } from './serverProcess.ts';

export interface ClusterNode {
  readonly server: ServerProcess;
  /** Its own way to Redis. */
  readonly line: CuttableLine;
}

/** Real servers in processes of their own, over one database and one Redis, behind one address. */
export interface ClusterProcesses extends AsyncDisposable {
  readonly url: string;
  readonly nodes: readonly ClusterNode[];
  readonly redis: RedisServer;
}

const LEASE_TTL_MS = 1_500;
const PII_KEY = 'ef'.repeat(32);
const QUIET = { info: () => undefined, warn: () => undefined };

export async function startClusterProcesses(count: number): Promise<ClusterProcesses> {
  await using stack = new AsyncDisposableStack();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'dcs-cluster-'));
  stack.defer(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }));
  const database = await startEmbeddedDatabase({ dataDir, logger: QUIET });
  stack.defer(() => database.stop());
  const redis = stack.use(await startRedis());
  const databaseUrl = new URL(database.url);
  databaseUrl.pathname = '/cluster';
  const nodes: ClusterNode[] = [];
  for (let index = 0; index < count; index += 1) {
    const line = stack.use(await openLine(redis.url));
    const env = {
      DATABASE_URL: databaseUrl.href,
      REDIS_URL: line.url,
      LEASE_TTL_MS: String(LEASE_TTL_MS),
      SCRIPTED_PACE_MS: '2',
      PII_KEY,
    };
    nodes.push({ line, server: stack.use(await startServerProcess({ env, args: ['--headless'] })) });
  }
  const balancer = stack.use(await startBalancer(nodes.map(({ server }) => server.url)));
  const owned = stack.move();
  return { url: balancer.url, nodes, redis, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
