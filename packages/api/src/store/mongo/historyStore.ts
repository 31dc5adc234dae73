import type { Db, Filter } from 'mongodb';
import type { Models } from '../../../../../prisma/contract.d.ts';
import { RESULTS } from '../ports.ts';
import type { HistoryEntry, HistoryPage, HistoryStore } from '../ports.ts';
import { guarded } from './mongoErrors.ts';
import { memberOf } from './records.ts';
import { fromCast, toCast } from './sessionDocument.ts';
import { upserting } from './upserting.ts';

type HistoryDocument = Omit<Models.unbound_HistoryEntry, '_id'>;

function toDocument({ cast, startedAt, endedAt, ...entry }: HistoryEntry): HistoryDocument {
  return { ...entry, cast: toCast(cast), startedAt: new Date(startedAt), endedAt: new Date(endedAt) };
}

function fromDocument({ cast, result, startedAt, endedAt, ...entry }: HistoryDocument): HistoryEntry {
  return {
    ...entry,
    cast: fromCast(cast),
    result: memberOf(RESULTS, result, 'result'),
    startedAt: startedAt.getTime(),
    endedAt: endedAt.getTime(),
  };
}

function endedBefore({ endedAt, sessionId }: Required<HistoryPage>['before']): Filter<HistoryDocument> {
  const time = new Date(endedAt);
  return { endedAt: { $lte: time }, $or: [{ endedAt: { $lt: time } }, { sessionId: { $lt: sessionId } }] };
}

/** The history in MongoDB. */
export function createMongoHistoryStore(db: Db): HistoryStore {
  const documents = db.collection<HistoryDocument>('history');
  const withoutId = { projection: { _id: 0 } } as const;
  return {
    async put(entry) {
      const kept = await upserting(() =>
        documents.findOneAndUpdate(
          { sessionId: entry.sessionId },
          { $setOnInsert: toDocument(entry) },
          { ...withoutId, upsert: true, returnDocument: 'after' },
        ),
      );
      if (kept === null) throw new Error(`The history of session ${entry.sessionId} was not kept.`);
      return fromDocument(kept);
    },
    async get(sessionId) {
      const found = await guarded(() => documents.findOne({ sessionId }, withoutId));
      return found === null ? null : fromDocument(found);
    },
    async listByPlayer(playerId, { limit, before }) {
      if (limit < 1) return [];
      const page = { ...withoutId, sort: { endedAt: -1, sessionId: -1 }, limit } as const;
      const found = documents.find({ playerIds: playerId, ...(before && endedBefore(before)) }, page);
      return (await guarded(() => found.toArray())).map(fromDocument);
    },
  };
}
