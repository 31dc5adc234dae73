/*
 * What can happen in an experiment. Its log is its only truth, as a session's log is the session's: who takes part, what
 * they were given, what became of it. Answers to forms are kept beside it, because people may have them erased.
 */

export const PARTICIPANT_KINDS = ['human', 'model'] as const;
export type ParticipantKind = (typeof PARTICIPANT_KINDS)[number];

/** A place in the pool: which game, as whom, with whom. `null`: nobody in particular. */
export interface Candidate {
  /** The variant of the game. */
  readonly game: string;
  readonly pc: string | null;
  readonly npc: string | null;
  /** For assignments that belong together. */
  readonly batchId?: string;
}

interface OfParticipant {
  readonly participantId: string;
}

interface OfAssignment extends OfParticipant {
  readonly assignmentId: string;
}

interface OfAttempt extends OfAssignment {
  readonly sessionId: string;
}

interface EndOfAttempt extends OfAttempt {
  /** Why the session ended, in its normal form. */
  readonly reason: string;
  /** How many turns were played. */
  readonly turns: number;
}

/** What happened, before the log gives it a place. `by` is a player's id, or `null` for what happened by itself. */
export type ExperimentFact =
  /** From now on the experiment goes by this revision of its configuration. The first one starts it. */
  | { readonly type: 'revised'; readonly revision: string; readonly by: string | null }
  | { readonly type: 'paused'; readonly by: string | null; readonly reason: string }
  | { readonly type: 'resumed'; readonly by: string | null }
  /** `number` counts participants from 1. */
  | (OfParticipant & {
      readonly type: 'joined';
      readonly kind: ParticipantKind;
      readonly number: number;
      /** Which model takes part; left out for people. */
      readonly model?: string;
    })
  | (OfParticipant & { readonly type: 'withdrew'; readonly by: string | null })
  /** They were done: with what there was for them, and with the last questions. What they can have later is an extra. */
  | (OfParticipant & { readonly type: 'finished' })
  | (OfParticipant & {
      readonly type: 'formSubmitted';
      readonly submissionId: string;
      readonly groupId: string;
      readonly form: string;
      readonly version: number;
      readonly assignmentId: string | null;
      /** Words of the answers by which characters are matched; none of a personal answer. */
      readonly expertise: readonly string[];
    })
  | (OfAssignment &
      Candidate & {
        readonly type: 'assigned';
        readonly revision: string;
        /** Whether the participant chose it. */
        readonly chosen: boolean;
      })
  | (OfAttempt & {
      readonly type: 'assignmentStarted';
      /** The session that broke off, where this one goes on from it; left out where it begins anew. */
      readonly goesOnFrom?: string;
    })
  | (EndOfAttempt & { readonly type: 'assignmentCompleted' })
  | (EndOfAttempt & { readonly type: 'assignmentInterrupted' })
  /** It was left alone for too long: somebody else may have its place. */
  | (OfAssignment & { readonly type: 'assignmentLapsed' })
  /** It has its place again. */
  | (OfAssignment & { readonly type: 'assignmentRenewed' })
  /** It will not be played any more. */
  | (OfAssignment & {
      readonly type: 'assignmentDropped';
      readonly reason: 'withdrawn' | 'quota-filled';
    });

export type ExperimentFactType = ExperimentFact['type'];

/** One entry of an experiment's log. `seq` is contiguous from 1; `at` (epoch ms) never decreases along it. */
export type ExperimentEvent = ExperimentFact & {
  readonly experiment: string;
  readonly seq: number;
  readonly at: number;
};
