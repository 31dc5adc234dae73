import type { SessionLog, SessionManager, SessionStore } from '@dcs/engine';
import { LRUCache } from 'lru-cache';

export interface PlayedSessionsPorts {
  readonly manager: Pick<SessionManager, 'presentInMemory' | 'folded'>;
  readonly sessions: Pick<SessionStore, 'get'>;
  readonly log: Pick<SessionLog, 'read'>;
}

/** A session that is, or was, played for an assignment. */
export interface PlayedSession {
  readonly experiment: string;
  readonly turns: number;
  /** Why it is over; `null` while it goes on. */
  readonly reason: string | null;
}

/** What is known of the sessions of experiments, also of those that are not in the memory of this node. */
export interface PlayedSessions {
  /** `null` for a session of no experiment. */
  look(sessionId: string): Promise<PlayedSession | null>;
  /** As many as a session has that is in memory, and had when it was looked at last; 0 for one that never was. */
  turnsOf(sessionId: string): number;
}

/** Events by which a summary may lag: it is written several times a second. */
const MOST_SINCE = 1_000;
/** Sessions that somebody plays who has just asked for something; a forgotten one is looked at again. */
const MOST_KNOWN = 10_000;

export function createPlayedSessions({ manager, sessions, log }: PlayedSessionsPorts): PlayedSessions {
  const known = new LRUCache<string, { readonly lastSeq: number; readonly played: PlayedSession }>({
    max: MOST_KNOWN,
  });

  function keep(sessionId: string, lastSeq: number, played: PlayedSession): PlayedSession {
    known.set(sessionId, { lastSeq, played });
    return played;
  }

  async function readStored(sessionId: string): Promise<PlayedSession | null> {
    const record = await sessions.get(sessionId);
    const experiment = record?.header.experimentId;
    if (record === null || experiment === undefined) return null;
    const { summary } = record;
    const played = { experiment, turns: summary.turns };
    if (summary.endedAt !== null) return { ...played, reason: summary.terminationReason ?? '' };
    // A summary follows its log at a distance, and a crash may have left it behind for good.
    const since = await log.read(sessionId, summary.lastSeq, MOST_SINCE);
    const lastSeq = since.at(-1)?.seq ?? summary.lastSeq;
    const before = known.get(sessionId);
    if (before?.lastSeq === lastSeq) return before.played;
    if (since.length === 0) return keep(sessionId, lastSeq, { ...played, reason: null });
    const now = (await manager.folded(sessionId))?.summary ?? summary;
    const reason = now.endedAt === null ? null : (now.terminationReason ?? '');
    return keep(sessionId, lastSeq, { experiment, turns: now.turns, reason });
  }

  return {
    look: async (sessionId) => {
      const present = manager.presentInMemory(sessionId);
      if (present === null) return readStored(sessionId);
      const { header, turns, exited, exitReason } = present;
      if (header.experimentId === undefined) return null;
      return { experiment: header.experimentId, turns, reason: exited ? (exitReason ?? '') : null };
    },
    turnsOf: (sessionId) =>
      manager.presentInMemory(sessionId)?.turns ?? known.get(sessionId)?.played.turns ?? 0,
  };
}
