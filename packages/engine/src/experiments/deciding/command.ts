import type { Failure } from '../../session/failure.ts';
import type { ExperimentFact, ParticipantKind } from '../event.ts';

/** A submitted form, as far as the log tells of it. */
export interface SubmittedForm {
  readonly submissionId: string;
  readonly form: string;
  readonly version: number;
  readonly expertise: readonly string[];
}

/** What can be asked of an experiment. Each may be asked again: what has had its effect has no other. */
export type ExperimentCommand =
  | {
      readonly type: 'join';
      readonly participantId: string;
      readonly kind: ParticipantKind;
      /** Which model takes part. */
      readonly model?: string;
    }
  | { readonly type: 'withdraw'; readonly participantId: string; readonly by: string }
  | {
      readonly type: 'submitForms';
      readonly participantId: string;
      readonly groupId: string;
      readonly forms: readonly SubmittedForm[];
    }
  /** Gives the next assignment, where there is nothing to choose. */
  | { readonly type: 'next'; readonly participantId: string }
  | {
      readonly type: 'select';
      readonly participantId: string;
      readonly game: string;
      readonly pc: string | null;
      /** Left out: the first whom the strategy would have them meet. */
      readonly npc?: string | null;
    }
  /** An assignment is about to be played: it gets its place back, if it has lost it, or is dropped. */
  | { readonly type: 'prepare'; readonly participantId: string; readonly assignmentId: string }
  | {
      readonly type: 'start';
      readonly participantId: string;
      readonly assignmentId: string;
      readonly sessionId: string;
      /** The session that broke off, where this one goes on from it. */
      readonly goesOnFrom?: string;
    }
  | {
      readonly type: 'end';
      readonly assignmentId: string;
      readonly sessionId: string;
      readonly reason: string;
      readonly turns: number;
    }
  /** Places that were kept for too long are free from now on. */
  | { readonly type: 'release' }
  | { readonly type: 'pause'; readonly by: string; readonly reason: string }
  | { readonly type: 'resume'; readonly by: string }
  | { readonly type: 'revise'; readonly by: string | null; readonly revision: string };

/** Records a fact; from then on the moment's state includes it. */
export type RecordFact = (fact: ExperimentFact) => void;

export const DONE = { ok: true } as const;
export type ExperimentDecision = typeof DONE | Failure;

export type CommandOf<T extends ExperimentCommand['type']> = Extract<ExperimentCommand, { type: T }>;
