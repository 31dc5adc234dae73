import type { HistoryEntry, HistoryStore } from '../ports.ts';
import { newestFirst } from './newestFirst.ts';

const endOf = ({ endedAt, sessionId }: HistoryEntry) => ({ at: endedAt, id: sessionId });

/** A history that ends with the process. */
export function createMemoryHistoryStore(): HistoryStore {
  const entries = new Map<string, HistoryEntry>();
  return {
    async put(entry) {
      const kept = entries.get(entry.sessionId) ?? structuredClone(entry);
      entries.set(entry.sessionId, kept);
      return structuredClone(kept);
    },
    async get(sessionId) {
      return structuredClone(entries.get(sessionId) ?? null);
    },
    async listByPlayer(playerId, { limit, before }) {
      const own = [...entries.values()].filter(({ playerIds }) => playerIds.includes(playerId));
      const cursor = before && { at: before.endedAt, id: before.sessionId };
      return structuredClone(newestFirst(own, endOf, { limit, before: cursor }));
    },
  };
}
