import type { LiveSession, SessionPorts } from './liveSession.ts';
import { summarise } from './state.ts';

/**
 * Keeps the summaries in the store near the log. At most one write per session is under way; changes meanwhile
 * are covered by one more write. A failed write is reported and mended by the next: the log is the truth.
 */
export interface SummaryWriter {
  changed(live: LiveSession): void;
  /** Resolves when no write of this session is under way. */
  saved(sessionId: string): Promise<void>;
  idle(): Promise<void>;
}

export function createSummaryWriter(ports: Pick<SessionPorts, 'sessions' | 'faults'>): SummaryWriter {
  const latest = new Map<string, LiveSession>();
  const writing = new Map<string, Promise<void>>();

  async function write(sessionId: string): Promise<void> {
    let savedSeq = -1;
    for (;;) {
      const live = latest.get(sessionId);
      if (live === undefined || live.state.lastSeq <= savedSeq) break;
      savedSeq = live.state.lastSeq;
      try {
        await ports.sessions.saveSummary(sessionId, summarise(live.fold.game, live.state));
      } catch (fault) {
        ports.faults.report(fault, { sessionId, during: 'saveSummary' });
      }
    }
    latest.delete(sessionId);
    writing.delete(sessionId);
  }

  return {
    changed: (live) => {
      const { sessionId } = live.header;
      latest.set(sessionId, live);
      if (!writing.has(sessionId)) writing.set(sessionId, write(sessionId));
    },
    saved: async (sessionId) => writing.get(sessionId),
    idle: async () => {
      while (writing.size > 0) await Promise.all(writing.values());
    },
  };
}
