import { seatOf } from '@dcs/engine';
import type { SessionManager, SessionPresent, SessionStore, Viewer } from '@dcs/engine';
import { authorise } from './authorise.ts';
import type { Principal, SessionFacts } from './authorise.ts';
import { viewerOf } from './sessionDto.ts';

export interface SessionAccessPorts {
  readonly manager: SessionManager;
  readonly sessions: SessionStore;
}

/** A session that somebody was admitted to. */
export interface AdmittedSession {
  readonly principal: Principal;
  readonly present: SessionPresent;
  readonly viewer: Viewer;
}

export type SessionPermission = 'session.read' | 'session.branch' | 'session.play' | 'session.join';

/** Looks a session up and authorises in one step, so that neither can be forgotten. */
export interface SessionAccess {
  /** Throws `session/not-found` alike for what does not exist and what is none of the principal's business. */
  admit(
    principal: Principal | null,
    permission: SessionPermission,
    sessionId: string,
  ): Promise<AdmittedSession>;
}

export function createSessionAccess({ manager, sessions }: SessionAccessPorts): SessionAccess {
  async function factsFor(principal: Principal, present: SessionPresent): Promise<SessionFacts> {
    const { header, seats } = present;
    const { ownerId } = header;
    const sits = ownerId === principal.playerId || seatOf(seats, principal.playerId) !== null;
    // Former seat holders are known to the stored summary alone; the others need not wait for the database.
    const playerIds = sits ? [] : ((await sessions.get(header.sessionId))?.summary.playerIds ?? []);
    return { ownerId, seats, playerIds };
  }

  return {
    admit: async (principal, permission, sessionId) => {
      const present = principal === null ? null : await manager.present(sessionId);
      const facts = principal === null || present === null ? null : await factsFor(principal, present);
      const admitted = authorise(principal, permission, facts);
      if (present === null) throw new Error('A session that does not exist was admitted.');
      return { principal: admitted, present, viewer: viewerOf(admitted, present.seats) };
    },
  };
}
