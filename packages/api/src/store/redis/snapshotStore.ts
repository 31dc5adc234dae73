import type { SnapshotStore } from '@dcs/engine';
import type { RedisLink } from '../../cluster/redisLink.ts';
import { sealSnapshot, unsealSnapshot } from '../snapshotSeal.ts';
import { EXISTS, KEEP_IF_NEWER, READ, REMOVE } from './snapshotScripts.ts';

export interface RedisSnapshotOptions {
  readonly link: Pick<RedisLink, 'run'>;
  /** What the names of all keys begin with. */
  readonly prefix: string;
  /** How long a snapshot lives that is not taken anew. Reading it does not keep it alive: nothing is lost with it. */
  readonly ttlMs: number;
}

/** Where the snapshot of a session is. */
export const snapshotKey = (prefix: string, sessionId: string): string => `${prefix}:snapshot:${sessionId}`;

/**
 * Snapshots in Redis, for whichever process loads the session next. All of them are clean: nothing is only here, so
 * that they may expire.
 */
export function createRedisSnapshotStore({ link, prefix, ttlMs }: RedisSnapshotOptions): SnapshotStore {
  const keysOf = (sessionId: string): readonly string[] => [snapshotKey(prefix, sessionId)];
  return {
    name: 'redis',
    async get(sessionId) {
      const found = await link.run(READ, { keys: keysOf(sessionId), args: [] });
      if (typeof found === 'number') return null;
      const [json, hash] = found;
      return json === undefined || hash === undefined ? null : unsealSnapshot({ json, hash });
    },
    async put(snapshot) {
      const { json, hash } = sealSnapshot(snapshot);
      const args = [String(snapshot.seq), json, hash, String(ttlMs)];
      await link.run(KEEP_IF_NEWER, { keys: keysOf(snapshot.sessionId), args });
    },
    has: async (sessionId) => (await link.run(EXISTS, { keys: keysOf(sessionId), args: [] })) === 1,
    remove: async (sessionId) => (await link.run(REMOVE, { keys: keysOf(sessionId), args: [] })) === 1,
  };
}
