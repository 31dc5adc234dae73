import type { SessionRecord, SessionStore } from '@dcs/engine';
import { DuplicateRecord } from '../storeErrors.ts';
import { newestFirst } from './newestFirst.ts';

const activityOf = ({ header, summary }: SessionRecord) => ({
  at: summary.lastActiveAt,
  id: header.sessionId,
});

/** Session headers and summaries that end with the process. */
export function createMemorySessionStore(): SessionStore {
  const records = new Map<string, SessionRecord>();
  const created = new Map<string, string>();

  return {
    async create(header, summary) {
      const command = JSON.stringify([header.ownerId, header.commandId]);
      const winner = records.get(created.get(command) ?? '');
      if (winner !== undefined) return structuredClone(winner);
      if (records.has(header.sessionId)) throw new DuplicateRecord('session', header.sessionId);
      const record = structuredClone({ header, summary });
      records.set(header.sessionId, record);
      created.set(command, header.sessionId);
      return structuredClone(record);
    },
    async get(sessionId) {
      return structuredClone(records.get(sessionId) ?? null);
    },
    async saveSummaries(changes) {
      for (const { sessionId, summary } of changes) {
        const record = records.get(sessionId);
        if (record === undefined || record.summary.lastSeq > summary.lastSeq) continue;
        records.set(sessionId, { header: record.header, summary: structuredClone(summary) });
      }
    },
    async listByPlayer(playerId, { limit, before }) {
      const own = [...records.values()].filter(({ summary }) => summary.playerIds.includes(playerId));
      const cursor = before && { at: before.lastActiveAt, id: before.sessionId };
      return structuredClone(newestFirst(own, activityOf, { limit, before: cursor }));
    },
  };
}
