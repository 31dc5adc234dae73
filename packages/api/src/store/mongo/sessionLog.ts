import type { SessionLog } from '@dcs/engine';
import type { Db } from 'mongodb';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { createGroupCommit, GROUP_COMMIT_DEFAULTS, UNMETERED } from '../groupCommit.ts';
import type { GroupCommitMeter } from '../groupCommit.ts';
import { fromEventDocument } from './eventDocument.ts';
import { createEventWriter } from './eventWriter.ts';
import type { KeyedEventDocument } from './eventWriter.ts';
import { guarded } from './mongoErrors.ts';

export interface MongoSessionLog extends SessionLog {
  /** Resolves when nothing waits to be written. */
  idle(): Promise<void>;
}

/**
 * The log in MongoDB. It speaks to the driver, not through the ORM, which took half again as much of the server's
 * time for each append; the contract's types and validator still hold every document.
 */
export function createMongoSessionLog(db: Db, meter: GroupCommitMeter = UNMETERED): MongoSessionLog {
  const collection = db.collection<KeyedEventDocument>('sessionEvents');
  const commits = createGroupCommit(createEventWriter(db, collection), {
    ...GROUP_COMMIT_DEFAULTS,
    meter,
    now: () => performance.now(),
    wait: (ms) => (ms === 0 ? nextTurn() : sleep(ms)),
  });
  return {
    append: commits.append,
    idle: commits.idle,
    async read(sessionId, afterSeq, limit) {
      if (limit < 1) return [];
      const query = { sessionId, seq: { $gt: afterSeq } };
      const found = collection.find(query, {
        projection: { _id: 0 },
        sort: { seq: 1 },
        limit,
        batchSize: limit + 1,
      });
      return (await guarded(() => found.toArray())).map(fromEventDocument);
    },
  };
}
