import type { SessionStore } from '@dcs/engine';
import { DuplicateRecord } from '../storeErrors.ts';
import { after, field } from './filters.ts';
import { guarded, isDuplicateKey, mapMongoError } from './mongoErrors.ts';
import type { Collections } from './prismaClient.ts';
import { fromSessionRow, toHeaderFields, toSummaryFields } from './sessionDocument.ts';

/** Session headers and summaries in MongoDB, one document for both. */
export function createMongoSessionStore({ sessions }: Collections): SessionStore {
  return {
    async create(header, summary) {
      try {
        await sessions.createAndCount([{ ...toHeaderFields(header), ...toSummaryFields(summary) }]);
        return { header, summary };
      } catch (error) {
        if (!isDuplicateKey(error)) throw mapMongoError(error);
        const { ownerId, commandId } = header;
        const winner = await guarded(() => sessions.where({ ownerId, commandId }).first());
        if (winner === null) throw new DuplicateRecord('session', header.sessionId, { cause: error });
        return fromSessionRow(winner);
      }
    },
    async get(sessionId) {
      const row = await guarded(() => sessions.where({ sessionId }).first());
      return row === null ? null : fromSessionRow(row);
    },
    async saveSummary(sessionId, summary) {
      const older = sessions.where({ sessionId }).where(field.atMost('lastSeq', summary.lastSeq));
      await guarded(() => older.updateAndCount(toSummaryFields(summary)));
    },
    async listByPlayer(playerId, { limit, before }) {
      if (limit < 1) return [];
      const own = sessions.where(field.contains('playerIds', playerId));
      const names = { time: 'lastActiveAt', id: 'sessionId' };
      const place = before && { time: before.lastActiveAt, id: before.sessionId };
      const rest = place === undefined ? own : own.where(after(names, place));
      const page = rest.orderBy({ lastActiveAt: -1, sessionId: -1 }).limit(limit);
      return (await guarded(() => page.all())).map(fromSessionRow);
    },
  };
}
