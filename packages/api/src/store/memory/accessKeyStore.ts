import type { AccessKeyRecord, AccessKeyStore } from '../ports.ts';
import { DuplicateRecord } from '../storeErrors.ts';
import { newestFirst } from './newestFirst.ts';

const placeOf = (key: AccessKeyRecord) => ({ at: key.createdAt, id: key.keyId });

const endsBy = ({ revokedAt }: AccessKeyRecord, at: number): boolean => revokedAt !== null && revokedAt <= at;

/** Access keys that end with the process. */
export function createMemoryAccessKeyStore(): AccessKeyStore {
  const keys = new Map<string, AccessKeyRecord>();
  const keyIdByHash = new Map<string, string>();

  const revoke = (keyId: string, at: number): boolean => {
    const key = keys.get(keyId);
    if (key === undefined || endsBy(key, at)) return false;
    keys.set(keyId, { ...key, revokedAt: at });
    return true;
  };

  return {
    async issue({ keyId, hash, playerId, createdAt }) {
      if (keys.has(keyId) || keyIdByHash.has(hash)) throw new DuplicateRecord('access key', keyId);
      keys.set(keyId, { keyId, hash, playerId, createdAt, revokedAt: null, lastUsedAt: null });
      keyIdByHash.set(hash, keyId);
    },
    async findByHash(hash, at = Number.POSITIVE_INFINITY) {
      const key = keys.get(keyIdByHash.get(hash) ?? '');
      return key === undefined || endsBy(key, at) ? null : { ...key };
    },
    async revoke(keyId, at) {
      return revoke(keyId, at);
    },
    async revokeAll(playerId, { at, exceptKeyId }) {
      const others = [...keys.values()].filter(
        (key) => key.playerId === playerId && key.keyId !== exceptKeyId,
      );
      return others.filter((key) => revoke(key.keyId, at)).length;
    },
    async listByPlayer(playerId) {
      const own = [...keys.values()].filter((key) => key.playerId === playerId).map((key) => ({ ...key }));
      return newestFirst(own, placeOf, { limit: own.length, before: undefined });
    },
    async inForce(playerIds, at) {
      const wanted = new Set(playerIds);
      return [...keys.values()].filter((key) => wanted.has(key.playerId) && !endsBy(key, at));
    },
    async recordUse(keyId, at) {
      const key = keys.get(keyId);
      if (key !== undefined) keys.set(keyId, { ...key, lastUsedAt: Math.max(at, key.lastUsedAt ?? at) });
    },
  };
}
