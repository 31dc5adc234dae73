import type { FormDraft, FormDraftKey, FormStore, FormSubmission, FormSubmissionPage } from '../ports.ts';
import { oldestFirst } from './newestFirst.ts';

const placeOf = ({ at, submissionId }: FormSubmission) => ({ at, id: submissionId });

const keyOf = ({ experiment, participantId, groupId }: FormDraftKey): string =>
  JSON.stringify([experiment, participantId, groupId]);

/** Answers to forms that end with the process. */
export function createMemoryFormStore(): FormStore {
  const submissions = new Map<string, FormSubmission>();
  const drafts = new Map<string, FormDraft>();

  function pageOf(
    fits: (submission: FormSubmission) => boolean,
    { limit, after }: FormSubmissionPage,
  ): readonly FormSubmission[] {
    const cursor = after && { at: after.at, id: after.submissionId };
    const own = [...submissions.values()].filter(fits);
    return structuredClone(oldestFirst(own, placeOf, { limit, after: cursor }));
  }

  function findDrafts(participantId: string): readonly FormDraft[] {
    const own = [...drafts].filter(([, draft]) => draft.participantId === participantId);
    return structuredClone(own.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, draft]) => draft));
  }

  return {
    async submit(submission) {
      const first = submissions.get(submission.submissionId) ?? {
        ...structuredClone(submission),
        erasedAt: null,
      };
      submissions.set(submission.submissionId, first);
      return structuredClone(first);
    },
    async get(submissionIds) {
      const found = [...new Set(submissionIds)].map((id) => submissions.get(id));
      return structuredClone(found.filter((submission) => submission !== undefined));
    },
    async ofParticipant(participantId, page) {
      return pageOf((submission) => submission.participantId === participantId, page);
    },
    async page(experiment, page) {
      return pageOf((submission) => submission.experiment === experiment, page);
    },
    async saveDraft(draft) {
      const kept = drafts.get(keyOf(draft));
      if (kept === undefined || kept.at <= draft.at) drafts.set(keyOf(draft), structuredClone(draft));
    },
    async draftsOf(experiment, participantId) {
      return findDrafts(participantId).filter((draft) => draft.experiment === experiment);
    },
    async allDraftsOf(participantId) {
      return findDrafts(participantId);
    },
    async removeDraft(key) {
      drafts.delete(keyOf(key));
    },
    async eraseOf(participantId, at) {
      for (const [key, draft] of drafts) if (draft.participantId === participantId) drafts.delete(key);
      for (const [id, submission] of submissions) {
        if (submission.participantId !== participantId) continue;
        const erasedAt = submission.erasedAt ?? at;
        submissions.set(id, { ...submission, answers: {}, sealed: {}, erasedAt });
      }
    },
  };
}
