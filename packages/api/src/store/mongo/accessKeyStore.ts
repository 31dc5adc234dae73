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
    async findByHash(hash) {
      const row = await guarded(() => accessKeys.where({ hash }).where(field.isNull('revokedAt')).first());
      return row === null ? null : fromRow(row);
    },
    async revoke(keyId, at) {
      const inForce = accessKeys.where({ keyId }).where(field.isNull('revokedAt'));
      return (await guarded(() => inForce.updateAndCount({ revokedAt: new Date(at) }))) > 0;
    },
    async revokeAll(playerId, { at, exceptKeyId }) {
      const all = accessKeys.where({ playerId }).where(field.isNull('revokedAt'));
      const inForce = exceptKeyId === undefined ? all : all.where(field.isNot('keyId', exceptKeyId));
      return guarded(() => inForce.updateAndCount({ revokedAt: new Date(at) }));
    },
    async listByPlayer(playerId) {
      const own = accessKeys.where({ playerId }).orderBy({ createdAt: -1, keyId: -1 });
      return (await guarded(() => own.all())).map(fromRow);
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
