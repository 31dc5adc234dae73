import type { SessionRecord } from '@dcs/engine';
import type { SessionCatalogue } from '../ports.ts';
import { DuplicateRecord } from '../storeErrors.ts';
import { newestFirst, oldestFirst } from './newestFirst.ts';

const activityOf = ({ header, summary }: SessionRecord) => ({
  at: summary.lastActiveAt,
  id: header.sessionId,
});

const birthOf = ({ header }: SessionRecord) => ({ at: header.createdAt, id: header.sessionId });
const endOf = ({ header, summary }: SessionRecord) => ({ at: summary.endedAt ?? 0, id: header.sessionId });
const isUnfinished = ({ summary }: SessionRecord): boolean => summary.endedAt === null;

/** Session headers and summaries that end with the process. */
export function createMemorySessionStore(): SessionCatalogue {
  const records = new Map<string, SessionRecord>();
  const created = new Map<string, string>();
  const archived = new Set<string>();

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
    async getAll(sessionIds) {
      return structuredClone([...new Set(sessionIds)].flatMap((sessionId) => records.get(sessionId) ?? []));
    },
    async saveSummaries(changes) {
      for (const { sessionId, summary } of changes) {
        const record = records.get(sessionId);
        if (record === undefined || record.summary.lastSeq > summary.lastSeq) continue;
        records.set(sessionId, { header: record.header, summary: structuredClone(summary) });
      }
    },
    async listByPlayer(playerId, { limit, before, unfinishedOnly = false }) {
      const own = [...records.values()].filter(
        (record) => record.summary.playerIds.includes(playerId) && (!unfinishedOnly || isUnfinished(record)),
      );
      const cursor = before && { at: before.lastActiveAt, id: before.sessionId };
      return structuredClone(newestFirst(own, activityOf, { limit, before: cursor }));
    },
    async countUnfinished() {
      return [...records.values()].filter(isUnfinished).length;
    },
    async listUnfinished({ limit, idleSince = Number.POSITIVE_INFINITY, after }) {
      const found = [...records.values()].filter(
        (record) => isUnfinished(record) && record.summary.lastActiveAt <= idleSince,
      );
      const cursor = after && { at: after.createdAt, id: after.sessionId };
      return structuredClone(oldestFirst(found, birthOf, { limit, after: cursor }));
    },
    async listUnarchived({ limit, after }) {
      const found = [...records.values()].filter(
        (record) => !isUnfinished(record) && !archived.has(record.header.sessionId),
      );
      const cursor = after && { at: after.endedAt, id: after.sessionId };
      return structuredClone(oldestFirst(found, endOf, { limit, after: cursor }));
    },
    async markArchived(sessionId) {
      archived.add(sessionId);
    },
    async listByExperiment(experimentId, { limit, after }) {
      const own = [...records.values()].filter(({ header }) => header.experimentId === experimentId);
      const cursor = after && { at: after.createdAt, id: after.sessionId };
      return structuredClone(oldestFirst(own, birthOf, { limit, after: cursor }));
    },
    async countByExperiment(experimentId) {
      const counts = { active: 0, paused: 0, closed: 0 };
      for (const { header, summary } of records.values()) {
        if (header.experimentId === experimentId) counts[summary.status] += 1;
      }
      return counts;
    },
  };
}
