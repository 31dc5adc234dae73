import type { SessionLog, SessionManager, SessionPresent, SessionRecord } from '@dcs/engine';
import { LRUCache } from 'lru-cache';
import type { SessionCatalogue } from '../../store/ports.ts';

export interface PlayedSessionsPorts {
  readonly manager: Pick<SessionManager, 'presentInMemory' | 'folded'>;
  readonly sessions: Pick<SessionCatalogue, 'get' | 'getAll'>;
  readonly log: Pick<SessionLog, 'read'>;
}

/** A session that is, or was, played for an assignment. */
export interface PlayedSession {
  readonly experiment: string;
  readonly turns: number;
  /** Why it is over; `null` while it goes on. */
  readonly reason: string | null;
}

export interface OverSession extends PlayedSession {
  readonly sessionId: string;
  readonly reason: string;
}

/** What is known of the sessions of experiments, also of those that are not in the memory of this node. */
export interface PlayedSessions {
  /** `null` for a session of no experiment. */
  look(sessionId: string): Promise<PlayedSession | null>;
  /**
   * Those of several that are over, with two queries. Of the last one that is in no memory also the log is read: what a
   * crash may have kept from the summaries of the others has to be looked for in each of them.
   */
  overOf(sessionIds: readonly string[]): Promise<readonly OverSession[]>;
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

  /** As the summary tells it. */
  function told({ header, summary }: SessionRecord): PlayedSession | null {
    const { experimentId } = header;
    if (experimentId === undefined) return null;
    const reason = summary.endedAt === null ? null : (summary.terminationReason ?? '');
    return { experiment: experimentId, turns: summary.turns, reason };
  }

  async function readStored(record: SessionRecord): Promise<PlayedSession | null> {
    const { summary, header } = record;
    const { sessionId } = header;
    const played = told(record);
    if (played === null || played.reason !== null) return played;
    // A summary follows its log at a distance, and a crash may have left it behind for good.
    const since = await log.read(sessionId, summary.lastSeq, MOST_SINCE);
    const lastSeq = since.at(-1)?.seq ?? summary.lastSeq;
    const before = known.get(sessionId);
    if (before?.lastSeq === lastSeq) return before.played;
    if (since.length === 0) return keep(sessionId, lastSeq, played);
    const now = (await manager.folded(sessionId))?.summary ?? summary;
    const reason = now.endedAt === null ? null : (now.terminationReason ?? '');
    return keep(sessionId, lastSeq, { ...played, turns: now.turns, reason });
  }

  function inMemory({ header, turns, exited, exitReason }: SessionPresent): PlayedSession | null {
    if (header.experimentId === undefined) return null;
    return { experiment: header.experimentId, turns, reason: exited ? (exitReason ?? '') : null };
  }

  return {
    look: async (sessionId) => {
      const present = manager.presentInMemory(sessionId);
      if (present !== null) return inMemory(present);
      const record = await sessions.get(sessionId);
      return record === null ? null : readStored(record);
    },
    overOf: async (sessionIds) => {
      const found = new Map<string, PlayedSession | null>();
      const elsewhere: string[] = [];
      for (const sessionId of sessionIds) {
        const present = manager.presentInMemory(sessionId);
        if (present === null) elsewhere.push(sessionId);
        else found.set(sessionId, inMemory(present));
      }
      const records = elsewhere.length === 0 ? [] : await sessions.getAll(elsewhere);
      for (const record of records) {
        const { sessionId } = record.header;
        found.set(sessionId, sessionId === elsewhere.at(-1) ? await readStored(record) : told(record));
      }
      return sessionIds.flatMap((sessionId): OverSession[] => {
        const played = found.get(sessionId);
        if (!played || played.reason === null) return [];
        return [{ ...played, sessionId, reason: played.reason }];
      });
    },
    turnsOf: (sessionId) =>
      manager.presentInMemory(sessionId)?.turns ?? known.get(sessionId)?.played.turns ?? 0,
  };
}
