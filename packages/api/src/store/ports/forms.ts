import type { JsonObject } from '@dcs/engine';
import type { SealedFields } from './people.ts';

/** One form as it was answered once. That it was answered stands in the experiment's log, under the same id. */
export interface FormSubmission {
  readonly submissionId: string;
  readonly experiment: string;
  readonly participantId: string;
  readonly groupId: string;
  /** `null` for a form that belongs to no assignment. */
  readonly assignmentId: string | null;
  readonly form: string;
  readonly version: number;
  readonly at: number;
  /** By the keys of the questions; the answer to a personal question is not here but in `sealed`. */
  readonly answers: JsonObject;
  readonly sealed: SealedFields;
  /** When the person asked to be forgotten, or `null`. Then neither answers nor sealed fields are left. */
  readonly erasedAt: number | null;
}

/** Answers of one group of forms that were not sent yet. */
export interface FormDraft {
  readonly experiment: string;
  readonly participantId: string;
  readonly groupId: string;
  readonly answers: JsonObject;
  readonly sealed: SealedFields;
  readonly at: number;
}

export type FormDraftKey = Pick<FormDraft, 'experiment' | 'participantId' | 'groupId'>;

/** In the order in which they were submitted; `after` is the cursor of the last row seen. */
export interface FormSubmissionPage {
  readonly limit: number;
  readonly after?: Pick<FormSubmission, 'at' | 'submissionId'>;
}

/** What participants answered to forms. It can be erased, and therefore stands in no log. */
export interface FormStore {
  /** Durable when resolved. Keeps the first of an id; resolves with the one that is kept. */
  submit(submission: Omit<FormSubmission, 'erasedAt'>): Promise<FormSubmission>;
  /** Those that are known, in any order. For callers that ask for at most some hundreds at once. */
  get(submissionIds: readonly string[]): Promise<readonly FormSubmission[]>;
  /** Of all experiments. */
  ofParticipant(participantId: string, page: FormSubmissionPage): Promise<readonly FormSubmission[]>;
  page(experiment: string, page: FormSubmissionPage): Promise<readonly FormSubmission[]>;
  /** Replaces the draft of the group, unless the one that is kept is later. */
  saveDraft(draft: FormDraft): Promise<void>;
  /** In the order of their groups' names. */
  draftsOf(experiment: string, participantId: string): Promise<readonly FormDraft[]>;
  /** Of all experiments, in the order of their names and groups. */
  allDraftsOf(participantId: string): Promise<readonly FormDraft[]>;
  /** Repeatable; without effect when there is none. */
  removeDraft(key: FormDraftKey): Promise<void>;
  /** Forgets what somebody answered, drafts included; what they were asked and when stays. Repeatable. */
  eraseOf(participantId: string, at: number): Promise<void>;
}
