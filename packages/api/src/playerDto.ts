import type { AssignmentStatus, JsonObject } from '@dcs/engine';
import type { FeedbackDto } from './dto.ts';
import type { PlayerRole } from './store/ports.ts';

/* What people learn of their own account, and administrators of all. See dto.ts. */

/** The key is shown this once and cannot be shown again. */
export interface NewKeyDto {
  readonly playerId: string;
  readonly accessKey: string;
}

export interface MeDto {
  readonly playerId: string;
  /** Empty for an anonymous player. */
  readonly fullName: string;
  readonly role: PlayerRole;
}

/** Everything that is known of a person. */
export interface PersonalExportDto {
  readonly playerId: string;
  readonly role: PlayerRole;
  readonly createdAt: string;
  readonly answers: Readonly<Record<string, string | boolean>>;
  /** On replies of characters, as far as they still count; of the session played last first. */
  readonly feedback: readonly ExportedFeedbackDto[];
  /** What was answered to forms of experiments, what came first first. */
  readonly forms: readonly ExportedFormDto[];
  /** What was written into forms and not sent. */
  readonly drafts: readonly ExportedDraftDto[];
  readonly experiments: readonly ExportedParticipationDto[];
  /** The session played last first. What was said in one is to be had with the session itself. */
  readonly sessions: readonly ExportedSessionDto[];
}

export interface ExportedParticipationDto {
  readonly experiment: string;
  readonly number: number;
  readonly joinedAt: string;
  readonly withdrawnAt: string | null;
  readonly assignments: readonly {
    readonly assignmentId: string;
    readonly game: string;
    readonly status: AssignmentStatus;
    readonly sessionIds: readonly string[];
  }[];
}

export interface ExportedSessionDto {
  readonly sessionId: string;
  readonly game: string;
  readonly createdAt: string;
  readonly lastActiveAt: string;
}

export interface ExportedFormDto {
  readonly experiment: string;
  /** At which occasion it was asked. */
  readonly groupId: string;
  readonly assignmentId: string | null;
  readonly form: string;
  readonly version: number;
  readonly submittedAt: string;
  /** By the keys of the questions. */
  readonly answers: JsonObject;
}

export interface ExportedDraftDto extends Pick<ExportedFormDto, 'experiment' | 'groupId' | 'answers'> {
  readonly savedAt: string;
}

export interface ExportedFeedbackDto extends FeedbackDto {
  readonly sessionId: string;
  /** Of the reply. */
  readonly eventId: string;
}

/** An account, for administrators. */
export interface AdminPlayerDto {
  readonly playerId: string;
  readonly role: PlayerRole;
  /** Whether they came in without registering. */
  readonly anonymous: boolean;
  /** `null` unless names were asked for; empty for somebody who never gave one, or had it erased. */
  readonly fullName: string | null;
  readonly createdAt: string;
  /** When they had their data erased, or `null`. */
  readonly erasedAt: string | null;
  /** How many access keys open this account now. */
  readonly keysInForce: number;
  /** When one of these keys was last used, to the minute or so; `null` for never. */
  readonly lastSeenAt: string | null;
}

export interface AdminPlayersDto {
  /** Newest first. */
  readonly players: readonly AdminPlayerDto[];
  /** Send it as `cursor` to get the next page; `null` on the last. */
  readonly nextCursor: string | null;
}
