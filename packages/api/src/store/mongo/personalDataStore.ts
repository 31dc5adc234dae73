import type { PersonalDataStore } from '../ports.ts';
import { guarded } from './mongoErrors.ts';
import type { Collections } from './prismaClient.ts';
import { upserting } from './upserting.ts';

/** Sealed personal data in MongoDB. */
export function createMongoPersonalDataStore({ pii }: Collections): PersonalDataStore {
  return {
    async put(playerId, fields, at) {
      const sealed = Object.entries(fields).map(([name, value]) => ({ name, sealed: value }));
      const update = { fields: sealed, updatedAt: new Date(at) };
      const create = { playerId, createdAt: new Date(at), ...update };
      await upserting(() => pii.where({ playerId }).upsert({ create, update }));
    },
    async get(playerId) {
      const row = await guarded(() => pii.where({ playerId }).first());
      return row === null ? null : Object.fromEntries(row.fields.map(({ name, sealed }) => [name, sealed]));
    },
    async erase(playerId) {
      return (await guarded(() => pii.where({ playerId }).deleteAndCount())) > 0;
    },
  };
}
