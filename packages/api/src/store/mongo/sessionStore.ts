import { SESSION_STATUSES } from '@dcs/engine';
import { MongoServerError, ObjectId } from 'mongodb';
import type { Db, Filter, Sort } from 'mongodb';
import type { SessionCatalogue } from '../ports.ts';
import { gatherWrites } from '../gatherWrites.ts';
import { DuplicateRecord } from '../storeErrors.ts';
import { createInsert } from './insertCommand.ts';
import { guarded, isDuplicateKey } from './mongoErrors.ts';
import { memberOf } from './records.ts';
import { fromSessionDocument, toHeaderFields, toSummaryFields } from './sessionDocument.ts';
import type { SessionDocument } from './sessionDocument.ts';

const MOST_INSERTED_AT_ONCE = 200;
const WITHOUT_ID = { projection: { _id: 0 } } as const;

interface StatusCount {
  readonly _id: string;
  readonly sessions: number;
}

/**
 * Session headers and summaries in MongoDB, one document for both. It speaks to the driver like the log, for the same
 * reason: creating sessions and saving summaries took twice the server's time through the ORM.
 */
export function createMongoSessionStore(db: Db): SessionCatalogue {
  const documents = db.collection<SessionDocument>('sessions');

  const insertDocuments = createInsert(db, documents.collectionName);

  const insert = gatherWrites<SessionDocument>({
    mostAtOnce: MOST_INSERTED_AT_ONCE,
    write: async (created) => {
      const keyed = created.map((document) => ({ _id: new ObjectId(), ...document }));
      const refused = await insertDocuments(keyed, { ordered: false });
      return new Map(
        refused.map(({ index, code, errmsg }) => [index, new MongoServerError({ code, message: errmsg })]),
      );
    },
  });

  const findOne = async (filter: Filter<SessionDocument>) => {
    const found = await guarded(() => documents.findOne(filter, WITHOUT_ID));
    return found === null ? null : fromSessionDocument(found);
  };

  const findPage = async (
    filter: Filter<SessionDocument>,
    { limit, sort }: { readonly limit: number; readonly sort: Sort },
  ) => {
    if (limit < 1) return [];
    const found = documents.find(filter, { ...WITHOUT_ID, sort, limit });
    return (await guarded(() => found.toArray())).map(fromSessionDocument);
  };

  return {
    async create(header, summary) {
      try {
        await insert({ ...toHeaderFields(header), ...toSummaryFields(summary) });
        return { header, summary };
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        const winner = await findOne({ ownerId: header.ownerId, commandId: header.commandId });
        if (winner === null) throw new DuplicateRecord('session', header.sessionId, { cause: error });
        return winner;
      }
    },
    get: (sessionId) => findOne({ sessionId }),
    async getAll(sessionIds) {
      if (sessionIds.length === 0) return [];
      const found = documents.find({ sessionId: { $in: [...sessionIds] } }, WITHOUT_ID);
      return (await guarded(() => found.toArray())).map(fromSessionDocument);
    },
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
    async listByPlayer(playerId, { limit, before, unfinishedOnly = false }) {
      const place: Place | undefined = before && {
        field: 'lastActiveAt',
        at: before.lastActiveAt,
        sessionId: before.sessionId,
      };
      const query = {
        playerIds: playerId,
        ...(unfinishedOnly ? { endedAt: null } : {}),
        ...(place && earlierThan(place)),
      };
      return findPage(query, { sort: { lastActiveAt: -1, sessionId: -1 }, limit });
    },
    countUnfinished: () => guarded(() => documents.countDocuments(UNFINISHED)),
    async listUnfinished({ limit, idleSince, after }) {
      const place: Place | undefined = after && {
        field: 'createdAt',
        at: after.createdAt,
        sessionId: after.sessionId,
      };
      const query = {
        $and: [UNFINISHED, idleSince === undefined ? {} : idleFrom(idleSince), place ? laterThan(place) : {}],
      };
      return findPage(query, { sort: { createdAt: 1, sessionId: 1 }, limit });
    },
    async listUnarchived({ limit, after }) {
      const place: Place | undefined = after && {
        field: 'endedAt',
        at: after.endedAt,
        sessionId: after.sessionId,
      };
      const query = { $and: [UNARCHIVED, place ? laterThan(place) : {}] };
      return findPage(query, { sort: { endedAt: 1, sessionId: 1 }, limit });
    },
    async markArchived(sessionId, at) {
      await guarded(() => documents.updateOne({ sessionId }, { $set: { archivedAt: new Date(at) } }));
    },
    async listByExperiment(experimentId, { limit, after }) {
      const place: Place | undefined = after && {
        field: 'createdAt',
        at: after.createdAt,
        sessionId: after.sessionId,
      };
      const query = { experimentId, ...(place && laterThan(place)) };
      return findPage(query, { sort: { createdAt: 1, sessionId: 1 }, limit });
    },
    async countByExperiment(experimentId) {
      const stages = [{ $match: { experimentId } }, { $group: { _id: '$status', sessions: { $sum: 1 } } }];
      const found = documents.aggregate<StatusCount>(stages);
      const counts = { active: 0, paused: 0, closed: 0 };
      for (const { _id, sessions } of await guarded(() => found.toArray())) {
        counts[memberOf(SESSION_STATUSES, _id, 'session status')] = sessions;
      }
      return counts;
    },
  };
}

/** What has not ended is not archived either; saying both enters the index at the right place. */
const UNFINISHED: Filter<SessionDocument> = { archivedAt: null, endedAt: null };
const UNARCHIVED: Filter<SessionDocument> = { archivedAt: null, endedAt: { $gt: new Date(0) } };

/** A session is never older than what last happened in it: the bound on its creation is there for the index. */
function idleFrom(idleSince: number): Filter<SessionDocument> {
  const time = new Date(idleSince);
  return { createdAt: { $lte: time }, lastActiveAt: { $lte: time } };
}

interface Place {
  readonly field: 'createdAt' | 'endedAt' | 'lastActiveAt';
  readonly at: number;
  readonly sessionId: string;
}

/* The bound on the time stands outside the alternative, so that the index is entered at the place. */

function earlierThan({ field, at, sessionId }: Place): Filter<SessionDocument> {
  const time = new Date(at);
  return { [field]: { $lte: time }, $or: [{ [field]: { $lt: time } }, { sessionId: { $lt: sessionId } }] };
}

function laterThan({ field, at, sessionId }: Place): Filter<SessionDocument> {
  const time = new Date(at);
  return { [field]: { $gte: time }, $or: [{ [field]: { $gt: time } }, { sessionId: { $gt: sessionId } }] };
}
