import type { AssignmentStatus, Form, FormEvent, JsonValue } from '@dcs/engine';
import type { CastChoiceDto, SessionRowDto } from './dto.ts';

/* What crosses the wire of experiments. Times are ISO strings. */

/** Whether somebody may begin something now, and if not, why. */
export const EXPERIMENT_STATES = ['open', 'notOpenYet', 'closed', 'paused', 'full', 'modelsOnly'] as const;
export type ExperimentStateDto = (typeof EXPERIMENT_STATES)[number];

/** An experiment in a list, as anybody may see it. */
export interface ExperimentRowDto {
  readonly name: string;
  readonly title: string;
  /** Markdown. */
  readonly description: string;
  readonly state: ExperimentStateDto;
  readonly isOpen: boolean;
  readonly opensAt: string | null;
  readonly closesAt: string | null;
  readonly registration: 'required' | 'anonymous';
  /** Whether the reader takes part. */
  readonly joined: boolean;
}

export interface ExperimentPageDto {
  readonly experiments: readonly ExperimentRowDto[];
  readonly nextCursor: string | null;
}

/** Of the whole experiment. Without a quota, `total` is `completed` and nothing is ever complete. */
export interface ExperimentProgressDto {
  readonly total: number;
  readonly completed: number;
  readonly isComplete: boolean;
}

export interface ExperimentStatusDto extends ExperimentProgressDto {
  readonly isOpen: boolean;
  readonly state: ExperimentStateDto;
  /** By variant. Participants, each counted once per game; `total` is `null` where there is no quota. */
  readonly perGame: Readonly<
    Record<string, { readonly total: number | null; readonly completed: number; readonly inProgress: number }>
  >;
}

/** Answers to a form by the keys of its questions. */
export type AnswersDto = Readonly<Record<string, JsonValue>>;

/** Forms that are asked together. */
export interface FormGroupDto {
  /** Its event, and behind a colon its assignment. */
  readonly groupId: string;
  readonly event: FormEvent;
  readonly assignmentId: string | null;
  /** What cannot be begun before it is answered. */
  readonly blocks: 'everything' | 'assignment' | 'nothing';
  readonly forms: readonly Form[];
  /** What was saved of it on the way, by form; answers that no longer fit are left out. */
  readonly draft: Readonly<Record<string, AnswersDto>>;
}

export interface AssignmentDto {
  readonly assignmentId: string;
  /** The name of the game. */
  readonly gameName: string;
  /** What the game goes by in this experiment. */
  readonly variant: string;
  readonly gameTitle: string;
  readonly gameDescription: string;
  readonly pcHid: string | null;
  /** `null` where the game keeps it from the participant, or there is nobody to meet. */
  readonly npcHid: string | null;
  readonly playerCharacterName: string | null;
  readonly playerCharacterDescription: string | null;
  readonly simulatorCharacterName: string | null;
  readonly simulatorCharacterDescription: string | null;
  readonly simulatorCharacterDetailsVisible: boolean;
  readonly status: AssignmentStatus;
  /** The session that is played now, or can be gone on with. */
  readonly activeSessionId: string | null;
  /** The last session of it, whatever became of it. */
  readonly lastSessionId: string | null;
  readonly attempts: number;
  /**
   * Whether the next attempt is to go on from where the last one broke off; else it begins anew. `startSession` says what
   * came of it: a game that has changed since has no way on.
   */
  readonly goesOn: boolean;
  /** Why the last session ended, in its normal form. */
  readonly reason: string | null;
  readonly assignedAt: string;
  readonly since: string;
  readonly hasPendingForms: boolean;
}

export const NEXT_MODES = ['blocked', 'locked', 'ready', 'choice', 'none'] as const;

/**
 * What the participant can do next.
 *
 * - `blocked`: forms come first (`pending_assignment_forms` those of `assignment`, `pending_forms` others).
 * - `locked`: `assignment` is theirs (reason `locked` while it was not begun, else its status; `paused` or `not_open_yet` where
 *   it cannot be begun or gone on with just now).
 * - `ready`: an assignment can be had by `startSession` or `next` (`given`).
 * - `choice`: they choose one of `options` (`choice_allowed`).
 * - `none`: nothing is left for now (`complete`, `quota_closed`, `unavailable`, `not_open_yet`, `closed`, `paused`, `withdrawn`, `not_joined`).
 */
export interface NextAssignmentDto {
  readonly mode: (typeof NEXT_MODES)[number];
  readonly reason: string;
  readonly assignment: AssignmentDto | null;
  /** How many combinations there are to choose from; `eligibleOptions` pages through them. */
  readonly optionCount: number;
}

/** What somebody gets who has done everything. */
export interface CompletionDto {
  /** Markdown. */
  readonly text: string;
  readonly code: string | null;
  /** Where to go from there. */
  readonly url: string | null;
}

/** Everything a page needs of an experiment and its reader. */
export interface ExperimentSetupDto extends Omit<ExperimentRowDto, 'joined'> {
  readonly condition: 'learning' | 'static';
  readonly progress: ExperimentProgressDto;
  /** All forms that may be asked, without their questions. */
  readonly forms: readonly { readonly name: string; readonly title: string; readonly event: FormEvent }[];
  /** `null` for a reader who has not joined. */
  readonly participant: {
    readonly number: number;
    readonly joinedAt: string;
    readonly withdrawnAt: string | null;
    readonly completed: number;
    /** How many assignments there are for one participant. */
    readonly most: number;
    readonly isFinished: boolean;
  } | null;
  /** In the order in which they are to be answered; of those that nothing waits for, as many as fit into 20 kB. */
  readonly pendingFormGroups: readonly FormGroupDto[];
  readonly currentAssignment: AssignmentDto | null;
  readonly nextAssignment: NextAssignmentDto;
  /** Whether an assignment has just been completed, and nothing else was begun. */
  readonly assignmentCompleted: boolean;
  /** Those that can be played and the latest others, at most 50 and 20 kB, the first given first; dropped ones are left out. */
  readonly assignments: readonly AssignmentDto[];
  /** How many there are beside these. */
  readonly moreAssignments: number;
  readonly allowChoiceIfMultiple: boolean;
  readonly requireCompletion: boolean;
  readonly resumableSessionId: string | null;
  /** Markdown; what is read before withdrawing. */
  readonly withdrawalText: string;
  readonly completion: CompletionDto | null;
}

export interface FormsSubmittedDto {
  readonly groupId: string;
  readonly trigger: FormEvent;
  readonly assignmentId: string | null;
  /** Whether forms are left to be answered. */
  readonly formsPending: boolean;
}

export interface DraftSavedDto {
  readonly groupId: string;
  readonly savedAt: string;
}

/** What there is to choose from at one step: games, then one's own character, then whom to meet. */
export interface EligibleOptionsDto {
  readonly step: 'game' | 'pc' | 'npc';
  readonly total: number;
  readonly games: readonly {
    readonly game: string;
    readonly title: string;
    readonly description: string;
    readonly combinations: number;
  }[];
  /** Characters of this page, at the steps `pc` and `npc`. */
  readonly characters: readonly (CastChoiceDto & { readonly combinations: number })[];
  /** Whether whom one meets is kept from participants: then the game and the own character are all there is to choose. */
  readonly hidesNpc: boolean;
  readonly nextCursor: string | null;
}

export interface AssignmentStartedDto {
  readonly assignmentId: string;
  readonly sessionId: string;
  readonly status: SessionRowDto['status'];
  /** Whether what was played before goes on: in the session that was there, or in one that goes on from it. */
  readonly resumed: boolean;
  /** The session that broke off, where this one goes on from it and begins with a copy of it; else `null`. */
  readonly goesOnFrom: string | null;
}

export interface JoinedDto {
  readonly name: string;
  readonly number: number;
  readonly joinedAt: string;
}

export interface WithdrawnDto {
  readonly withdrawnAt: string;
}
