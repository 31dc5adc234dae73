import { seatOf } from '@dcs/engine';
import type { SessionManager, SessionPresent, SessionStore, Viewer } from '@dcs/engine';
import { authorise, takesPart } from './authorise.ts';
import type { Principal, SessionFacts } from './authorise.ts';
import { viewerOf } from './sessionDto.ts';
import type { WatchRecord } from './watchRecord.ts';

export interface SessionAccessPorts {
  readonly manager: SessionManager;
  readonly sessions: Pick<SessionStore, 'get'>;
  readonly watched: WatchRecord;
}

/** A session that somebody was admitted to. */
export interface AdmittedSession {
  readonly principal: Principal;
  readonly present: SessionPresent;
  readonly viewer: Viewer;
}

export type SessionPermission = 'session.read' | 'session.branch' | 'session.play' | 'session.join';

/**
 * Looks a session up, authorises, and keeps account of administrators who look at what others play, in one step, so that
 * none of them can be forgotten.
 */
export interface SessionAccess {
  /**
   * Throws `session/not-found` alike for what does not exist and what is none of the principal's business. Rejects when it cannot
   * be recorded that an administrator looks.
   */
  admit(
    principal: Principal | null,
    permission: SessionPermission,
    sessionId: string,
  ): Promise<AdmittedSession>;
}

export function createSessionAccess({ manager, sessions, watched }: SessionAccessPorts): SessionAccess {
  async function factsFor(principal: Principal, present: SessionPresent): Promise<SessionFacts> {
    const { header, seats } = present;
    const { ownerId } = header;
    const sits = ownerId === principal.playerId || seatOf(seats, principal.playerId) !== null;
    // Former seat holders are known to the stored summary alone; the others need not wait for the database.
    const playerIds = sits ? [] : ((await sessions.get(header.sessionId))?.summary.playerIds ?? []);
    return { ownerId, seats, playerIds };
  }

  /** Players who are admitted to an open seat stand in the log of the session when they take it. */
  async function noteLook({ role, playerId }: Principal, sessionId: string): Promise<void> {
    if (role === 'admin') await watched.looks(playerId, sessionId);
  }

  return {
    admit: async (principal, permission, sessionId) => {
      const present = principal === null ? null : await manager.present(sessionId);
      const facts = principal === null || present === null ? null : await factsFor(principal, present);
      const admitted = authorise(principal, permission, facts);
      if (present === null || facts === null) throw new Error('A session that does not exist was admitted.');
      if (!takesPart(admitted, facts)) await noteLook(admitted, sessionId);
      return { principal: admitted, present, viewer: viewerOf(admitted, present.seats) };
    },
  };
}
