import { markPersisted, SequenceConflict } from '@dcs/engine';
import type { SessionLog } from '@dcs/engine';
import type { Db } from 'mongodb';
import { assertOneRun } from '../ports.ts';
import { fromEventDocument, toEventDocument } from './eventDocument.ts';
import type { EventDocument } from './eventDocument.ts';
import { guarded, isDuplicateKey, mapMongoError, refusedIndex } from './mongoErrors.ts';

/**
 * The log in MongoDB. It speaks to the driver, not through the ORM, which took half again as much of the server's
 * time for each append; the contract's types and validator still hold every document.
 */
export function createMongoSessionLog(db: Db): SessionLog {
  const documents = db.collection<EventDocument>('sessionEvents');
  return {
    async append(events) {
      assertOneRun(events);
      const [first] = events;
      if (first === undefined) return [];
      try {
        // Ordered, so that a refused event leaves none of those that follow it.
        await documents.insertMany(events.map(toEventDocument), { ordered: true });
      } catch (error) {
        if (!isDuplicateKey(error)) throw mapMongoError(error);
        throw new SequenceConflict(first.sessionId, first.seq + refusedIndex(error), { cause: error });
      }
      return events.map((event) => markPersisted(event));
    },
    async read(sessionId, afterSeq, limit) {
      if (limit < 1) return [];
      const query = { sessionId, seq: { $gt: afterSeq } };
      const found = documents.find(query, {
        projection: { _id: 0 },
        sort: { seq: 1 },
        limit,
        batchSize: limit + 1,
      });
      return (await guarded(() => found.toArray())).map(fromEventDocument);
    },
  };
}
