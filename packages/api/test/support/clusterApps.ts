import { openMemoryStorage } from '../../src/storage.ts';
import type { Storage } from '../../src/storage.ts';
import { startRedis } from './redisServer.ts';
import type { RedisServer } from './redisServer.ts';
import { testApp } from './testApp.ts';
import type { TestApp, TestAppOptions } from './testApp.ts';

export interface ClusterOptions extends Omit<TestAppOptions, 'storage'> {
  readonly storage?: Storage;
  /** Where the nodes find Redis, if not at its own address. */
  readonly redisUrl?: (node: number, redis: RedisServer) => Promise<string>;
}

/** Several real servers in this process, over the same stores and one real Redis. */
export interface ClusterApps extends AsyncDisposable {
  readonly redis: RedisServer;
  readonly nodes: readonly TestApp[];
  readonly storage: Storage;
}

const PII_KEY = 'cd'.repeat(32);

export async function clusterApps(count: number, options: ClusterOptions = {}): Promise<ClusterApps> {
  const redis = await startRedis();
  const storage = options.storage ?? openMemoryStorage();
  // Each server closes its storage when it stops; this one is closed with the last of them.
  const shared: Storage = { ...storage, close: () => Promise.resolve() };
  const nodes: TestApp[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node[Symbol.asyncDispose]()));
    await storage.close();
    await redis[Symbol.asyncDispose]();
  };
  try {
    for (let node = 0; node < count; node += 1) {
      const REDIS_URL = (await options.redisUrl?.(node, redis)) ?? redis.url;
      const env = { PII_KEY, REDIS_URL, LEASE_TTL_MS: '1000', ...options.env };
      nodes.push(await testApp({ ...options, storage: shared, env }));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { redis, nodes, storage, [Symbol.asyncDispose]: close };
}

/** The node with this number. */
export function nodeOf({ nodes }: ClusterApps, index: number): TestApp {
  const node = nodes[index];
  if (node === undefined) throw new Error(`There is no node ${index}.`);
  return node;
}
