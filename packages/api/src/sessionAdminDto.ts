import type { AssignmentStatus, JsonValue } from '@dcs/engine';
import type { SeatDto, SessionDto } from './dto.ts';
import type { ModelCallAmounts } from './store/ports.ts';

/* What crosses the wire for those who watch single sessions and see to the account of what is done. For administrators. */

/** A seat, and under which account it is held. */
export interface WatchedSeatDto extends Pick<SeatDto, 'name' | 'title'> {
  readonly holder: 'player' | 'model' | 'open';
  /** `null` unless a player holds it. */
  readonly playerId: string | null;
}

/** For what a session is played in an experiment. */
export interface WatchedAssignmentDto {
  readonly experiment: string;
  readonly title: string;
  readonly assignmentId: string;
  readonly participantNumber: number;
  /** The variant of the game. */
  readonly game: string;
  readonly status: AssignmentStatus;
  /** Which of its attempts the session is, from 1. */
  readonly attempt: number;
  readonly attempts: number;
}

/** A session for those who run it: all that stands beside what is played. */
export interface AdminSessionDto {
  readonly session: SessionDto;
  /** The game's picture of its state. */
  readonly view: JsonValue;
  readonly gameVersion: string;
  /** Where it was started from, e.g. `web`. */
  readonly source: string;
  readonly seats: readonly WatchedSeatDto[];
  /** `null` for a session that is played for no assignment. */
  readonly assignment: WatchedAssignmentDto | null;
  /** What it has asked of models behind providers so far. */
  readonly calls: ModelCallAmounts;
}

/** One entry of the account of what administrators and players did to what is kept. */
export interface AuditEntryDto {
  readonly auditId: string;
  readonly at: string;
  /** A player's id, or `system`. */
  readonly actorId: string;
  /** Stable and namespaced, such as `session/held`; what it is about stands before the slash. */
  readonly action: string;
  readonly targetId: string | null;
  readonly details: Readonly<Record<string, string | number | boolean>>;
}

export interface AuditPageDto {
  /** Newest first. */
  readonly entries: readonly AuditEntryDto[];
  /** Send it as `cursor` to get the next page; `null` on the last. */
  readonly nextCursor: string | null;
}
