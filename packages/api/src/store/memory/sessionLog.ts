import { markPersisted, SequenceConflict } from '@dcs/engine';
import type { Persisted, SessionEvent, SessionLog } from '@dcs/engine';
import { assertOneRun } from '../oneRun.ts';

/** A log that ends with the process. Copies keep callers from changing what was recorded. */
export function createMemorySessionLog(): SessionLog {
  const logs = new Map<string, Persisted<SessionEvent>[]>();

  const record = (event: SessionEvent): Persisted<SessionEvent> => markPersisted(structuredClone(event));

  return {
    async append(events) {
      assertOneRun(events, ({ sessionId }) => sessionId);
      const first = events[0];
      if (first === undefined) return [];
      const log = logs.get(first.sessionId) ?? [];
      const next = (log.at(-1)?.seq ?? 0) + 1;
      if (first.seq < next) throw new SequenceConflict(first.sessionId, first.seq);
      // The database cannot see a gap without reading; here it is free, and a gap is always the caller's fault.
      if (first.seq > next) {
        throw new RangeError(
          `Session ${first.sessionId} has no event ${next}, so ${first.seq} cannot follow.`,
        );
      }
      log.push(...events.map(record));
      logs.set(first.sessionId, log);
      return events.map((event) => markPersisted(event));
    },
    async read(sessionId, afterSeq, limit) {
      const from = Math.max(0, afterSeq);
      return structuredClone((logs.get(sessionId) ?? []).slice(from, from + Math.max(0, limit)));
    },
  };
}
