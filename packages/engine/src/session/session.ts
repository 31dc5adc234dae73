import type { JsonObject } from '../json.ts';
import type { ModelChoice } from '../models/modelChoice.ts';
import type { SeatName, Seats } from './seat.ts';
import type { StoppingCondition } from './stoppingConditions.ts';

export const SESSION_STATUSES = ['active', 'paused', 'closed'] as const;
export type SessionStatus = (typeof SESSION_STATUSES)[number];

/** A character sheet as it was when the session began; `revision` is the hash of its content. */
export interface CastMember {
  readonly hid: string;
  readonly revision: string;
}

export type Cast = Readonly<Record<SeatName, CastMember>>;

/** What is fixed when a session is created. With its log it is everything: any node can rebuild the session. */
export interface SessionHeader {
  readonly sessionId: string;
  readonly game: string;
  readonly gameVersion: string;
  readonly ownerId: string;
  /** Where it was started from, e.g. `web`, `api`. */
  readonly source: string;
  /** The experiment that it is a part of; left out for a session that is played for its own sake. */
  readonly experimentId?: string;
  /** Root of every random stream of the session. */
  readonly seed: string;
  readonly config: JsonObject;
  /** Whom its game or its experiment wants asked; left out where they leave it to the settings. */
  readonly models?: ModelChoice;
  readonly stoppingConditions: readonly StoppingCondition[];
  readonly cast: Cast;
  /** Holders at creation; changes are events. */
  readonly seats: Seats;
  readonly createdAt: number;
  /** What it is a branch of. A branch that is part of an experiment takes the place of its parent there. */
  readonly parent: { readonly sessionId: string; readonly seq: number } | null;
  /** Numbers of the changes (flags.ts) in force when it was created; left out when there were none. */
  readonly flags?: readonly number[];
  /** The creating command, unique per owner; makes creation repeatable. */
  readonly commandId: string;
}

/** A projection of the log for lists; it may lag, and can always be rebuilt. */
export interface SessionSummary {
  readonly status: SessionStatus;
  readonly turns: number;
  readonly lastSeq: number;
  readonly lastActiveAt: number;
  /** Everyone who has held a seat; they see the session in their lists. */
  readonly playerIds: readonly string[];
  readonly endedAt: number | null;
  readonly terminationReason: string | null;
  /** Set while those who run it have stopped it, left out otherwise. */
  readonly held?: true;
}

export interface SessionRecord {
  readonly header: SessionHeader;
  readonly summary: SessionSummary;
}
