import { seatOf } from '@dcs/engine';
import type { SessionPresent } from '@dcs/engine';
import type { LiveSessions } from '../services/liveSessions.ts';

/** A reader's place at the table, which it has while it holds a seat and follows the session. */
export interface Place {
  /** To be called with every new picture of the session: seats change hands. */
  keep(present: SessionPresent): void;
  leave(): void;
}

export function createPlace(live: Pick<LiveSessions, 'arrive'>, playerId: string): Place {
  let depart: (() => void) | null = null;

  function leave(): void {
    depart?.();
    depart = null;
  }

  return {
    keep: (present) => {
      if (seatOf(present.seats, playerId) === null || present.exited) leave();
      else depart ??= live.arrive(present.header.sessionId, present.header.ownerId);
    },
    leave,
  };
}
