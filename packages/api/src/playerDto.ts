import type { JsonObject } from '@dcs/engine';
import type { FeedbackDto } from './dto.ts';
import type { PlayerRole } from './store/ports.ts';

/* What people learn of their own account. See dto.ts. */

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
