import type { SessionPage, SessionStore } from '@dcs/engine';
import type { Db, Filter } from 'mongodb';
import { DuplicateRecord } from '../storeErrors.ts';
import { guarded, isDuplicateKey, mapMongoError } from './mongoErrors.ts';
import { fromSessionDocument, toHeaderFields, toSummaryFields } from './sessionDocument.ts';
import type { SessionDocument } from './sessionDocument.ts';

const WITHOUT_ID = { projection: { _id: 0 } } as const;

/**
 * Session headers and summaries in MongoDB, one document for both. It speaks to the driver like the log, for the same
 * reason: creating sessions and saving summaries took twice the server's time through the ORM.
 */
export function createMongoSessionStore(db: Db): SessionStore {
  const documents = db.collection<SessionDocument>('sessions');

  const findOne = async (filter: Filter<SessionDocument>) => {
    const found = await guarded(() => documents.findOne(filter, WITHOUT_ID));
    return found === null ? null : fromSessionDocument(found);
  };

  return {
    async create(header, summary) {
      try {
        await documents.insertOne({ ...toHeaderFields(header), ...toSummaryFields(summary) });
        return { header, summary };
      } catch (error) {
        if (!isDuplicateKey(error)) throw mapMongoError(error);
        const winner = await findOne({ ownerId: header.ownerId, commandId: header.commandId });
        if (winner === null) throw new DuplicateRecord('session', header.sessionId, { cause: error });
        return winner;
      }
    },
    get: (sessionId) => findOne({ sessionId }),
    async saveSummaries(changes) {
      if (changes.length === 0) return;
      const updates = changes.map(({ sessionId, summary }) => ({
        updateOne: {
          filter: { sessionId, lastSeq: { $lte: summary.lastSeq } },
          update: { $set: toSummaryFields(summary) },
        },
      }));
      await guarded(() => documents.bulkWrite(updates, { ordered: false }));
    },
    async listByPlayer(playerId, { limit, before }) {
      if (limit < 1) return [];
      const page = { ...WITHOUT_ID, sort: { lastActiveAt: -1, sessionId: -1 }, limit } as const;
      const found = documents.find({ playerIds: playerId, ...(before && afterPlace(before)) }, page);
      return (await guarded(() => found.toArray())).map(fromSessionDocument);
    },
  };
}

/** The bound on the time stands outside the alternative, so that the index is entered at the place. */
function afterPlace({ lastActiveAt, sessionId }: Required<SessionPage>['before']): Filter<SessionDocument> {
  const time = new Date(lastActiveAt);
  return {
    lastActiveAt: { $lte: time },
    $or: [{ lastActiveAt: { $lt: time } }, { sessionId: { $lt: sessionId } }],
  };
}
