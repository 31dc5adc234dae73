import type { AccessKeyRecord, AccessKeyStore } from '../ports.ts';
import { DuplicateRecord } from '../storeErrors.ts';
import type { Models } from '../../../../../prisma/contract.d.ts';
import { field } from './filters.ts';
import { guarded, isDuplicateKey, mapMongoError } from './mongoErrors.ts';
import type { Collections } from './prismaClient.ts';
import { timeOf } from './records.ts';

function fromRow(row: Models.unbound_AccessKey): AccessKeyRecord {
  return {
    keyId: row.keyId,
    hash: row.hash,
    playerId: row.playerId,
    createdAt: row.createdAt.getTime(),
    revokedAt: timeOf(row.revokedAt),
    lastUsedAt: timeOf(row.lastUsedAt),
  };
}

/** Sets the end of those that have none, or a later one. */
async function endAt(keys: Collections['accessKeys'], at: number): Promise<number> {
  const revokedAt = new Date(at);
  const endless = await guarded(() => keys.where(field.isNull('revokedAt')).updateAndCount({ revokedAt }));
  const later = keys.where(field.later('revokedAt', revokedAt));
  return endless + (await guarded(() => later.updateAndCount({ revokedAt })));
}

/** Access keys in MongoDB. */
export function createMongoAccessKeyStore({ accessKeys }: Collections): AccessKeyStore {
  return {
    async issue({ keyId, hash, playerId, createdAt }) {
      const blank = { revokedAt: null, lastUsedAt: null };
      try {
        await accessKeys.createAndCount([
          { keyId, hash, playerId, createdAt: new Date(createdAt), ...blank },
        ]);
      } catch (error) {
        if (!isDuplicateKey(error)) throw mapMongoError(error);
        throw new DuplicateRecord('access key', keyId, { cause: error });
      }
    },
    async findByHash(hash, at = Number.POSITIVE_INFINITY) {
      const row = await guarded(() => accessKeys.where({ hash }).first());
      const key = row === null ? null : fromRow(row);
      return key === null || (key.revokedAt !== null && key.revokedAt <= at) ? null : key;
    },
    async revoke(keyId, at) {
      return (await endAt(accessKeys.where({ keyId }), at)) > 0;
    },
    async revokeAll(playerId, { at, exceptKeyId }) {
      const all = accessKeys.where({ playerId });
      return endAt(exceptKeyId === undefined ? all : all.where(field.isNot('keyId', exceptKeyId)), at);
    },
    async listByPlayer(playerId) {
      const own = accessKeys.where({ playerId }).orderBy({ createdAt: -1, keyId: -1 });
      return (await guarded(() => own.all())).map(fromRow);
    },
    async inForce(playerIds, at) {
      const own = accessKeys.where(field.isOneOf('playerId', playerIds));
      const found = own.where(field.nullOrLater('revokedAt', new Date(at)));
      return (await guarded(() => found.all())).map(fromRow);
    },
    async recordUse(keyId, at) {
      const used = { lastUsedAt: new Date(at) };
      const never = accessKeys.where({ keyId }).where(field.isNull('lastUsedAt'));
      if ((await guarded(() => never.updateAndCount(used))) > 0) return;
      const earlier = accessKeys.where({ keyId }).where(field.atMost('lastUsedAt', used.lastUsedAt));
      await guarded(() => earlier.updateAndCount(used));
    },
  };
}
