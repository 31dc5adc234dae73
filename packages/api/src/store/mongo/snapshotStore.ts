import type { SnapshotStore } from '@dcs/engine';
import type { Db } from 'mongodb';
import type { Models } from '../../../../../prisma/contract.d.ts';
import { sealSnapshot, unsealSnapshot } from '../snapshotSeal.ts';
import { guarded, isDuplicateKey } from './mongoErrors.ts';

type SnapshotDocument = Omit<Models.unbound_Snapshot, '_id'>;

/** A cache need not survive a power cut, and waiting for the journal would take it from the log. */
const NOT_JOURNALED = { writeConcern: { w: 1, journal: false } } as const;

/** Snapshots in MongoDB, for whichever process loads the session next. */
export function createMongoSnapshotStore(db: Db): SnapshotStore {
  const documents = db.collection<SnapshotDocument>('snapshots', NOT_JOURNALED);
  return {
    name: 'mongodb',
    async get(sessionId) {
      const found = await guarded(() => documents.findOne({ sessionId }));
      return found === null ? null : unsealSnapshot({ json: found.snapshotJson, hash: found.hash });
    },
    async put(snapshot) {
      const { sessionId, seq } = snapshot;
      const { json, hash } = sealSnapshot(snapshot);
      const notNewer = { sessionId, seq: { $lte: seq } };
      const change = { $set: { seq, snapshotJson: json, hash } };
      try {
        await guarded(() => documents.updateOne(notNewer, change, { upsert: true }));
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        // A newer one is kept, or another process was faster with the first one.
        await guarded(() => documents.updateOne(notNewer, change));
      }
    },
    async has(sessionId) {
      const found = await guarded(() => documents.findOne({ sessionId }, { projection: { seq: 1 } }));
      return found !== null;
    },
    async remove(sessionId) {
      const { deletedCount } = await guarded(() => documents.deleteOne({ sessionId }));
      return deletedCount > 0;
    },
  };
}
