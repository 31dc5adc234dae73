import type { AuditEntry, AuditLog } from '../ports.ts';
import { newestFirst } from './newestFirst.ts';

const placeOf = (entry: AuditEntry) => ({ at: entry.at, id: entry.auditId });

/** An audit log that ends with the process. */
export function createMemoryAuditLog(): AuditLog {
  const entries = new Map<string, AuditEntry>();
  return {
    async append(entry) {
      if (!entries.has(entry.auditId)) entries.set(entry.auditId, structuredClone(entry));
    },
    async list({ limit, before, action, actorId, targetId }) {
      const cursor = before && { at: before.at, id: before.auditId };
      const wanted = [...entries.values()].filter(
        (entry) =>
          (action === undefined || entry.action === action) &&
          (actorId === undefined || entry.actorId === actorId) &&
          (targetId === undefined || entry.targetId === targetId),
      );
      return structuredClone(newestFirst(wanted, placeOf, { limit, before: cursor }));
    },
  };
}
