import type { AuditLog } from '../store/ports.ts';
import { auditIdOf } from './auditId.ts';

export interface WatchRecordPorts {
  readonly audit: Pick<AuditLog, 'append'>;
  readonly clock: { now(): number };
}

/** Keeps account of administrators who look at what others play. */
export interface WatchRecord {
  /**
   * Resolves when the audit log has that this administrator looks at this session in this hour: once, however often and at
   * however many servers they look. Rejects when it cannot be written; then they are to be shown nothing.
   */
  looks(adminId: string, sessionId: string): Promise<void>;
}

const WATCHED = 'session/watched';
const HOUR_MS = 3_600_000;

export function createWatchRecord({ audit, clock }: WatchRecordPorts): WatchRecord {
  let hour = 0;
  /** Of this hour: what is written, or on its way. */
  let known = new Map<string, Promise<void>>();

  async function write(auditId: string, actorId: string, targetId: string): Promise<void> {
    try {
      await audit.append({
        auditId,
        at: clock.now(),
        actorId,
        action: WATCHED,
        targetId,
        details: {},
      });
    } catch (fault) {
      known.delete(auditId);
      throw fault;
    }
  }

  return {
    looks: (adminId, sessionId) => {
      const now = Math.floor(clock.now() / HOUR_MS);
      if (now !== hour) known = new Map();
      hour = now;
      const auditId = auditIdOf(WATCHED, hour, adminId, sessionId);
      const written = known.get(auditId) ?? write(auditId, adminId, sessionId);
      known.set(auditId, written);
      return written;
    },
  };
}
