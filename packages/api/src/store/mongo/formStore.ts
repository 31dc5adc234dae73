import type { Db, Filter } from 'mongodb';
import type { Models } from '../../../../../prisma/contract.d.ts';
import type { FormDraft, FormStore, FormSubmission, FormSubmissionPage, SealedFields } from '../ports.ts';
import { guarded, isDuplicateKey } from './mongoErrors.ts';
import { timeOf } from './records.ts';
import { upserting } from './upserting.ts';

type SubmissionDocument = Omit<Models.unbound_FormSubmission, '_id'>;
type DraftDocument = Omit<Models.unbound_FormDraft, '_id'>;

const WITHOUT_ID = { projection: { _id: 0 } } as const;

const toSealed = (fields: SealedFields): SubmissionDocument['sealed'] =>
  Object.entries(fields).map(([name, sealed]) => ({ name, sealed }));

const fromSealed = (sealed: SubmissionDocument['sealed']): SealedFields =>
  Object.fromEntries(sealed.map((field) => [field.name, field.sealed]));

function toSubmissionDocument(submission: Omit<FormSubmission, 'erasedAt'>): SubmissionDocument {
  const { answers, sealed, at, ...rest } = submission;
  return {
    ...rest,
    at: new Date(at),
    answersJson: JSON.stringify(answers),
    sealed: toSealed(sealed),
    erasedAt: null,
  };
}

function fromSubmissionDocument(document: SubmissionDocument): FormSubmission {
  const { answersJson, sealed, at, erasedAt, ...rest } = document;
  return {
    ...rest,
    at: at.getTime(),
    answers: JSON.parse(answersJson),
    sealed: fromSealed(sealed),
    erasedAt: timeOf(erasedAt),
  };
}

function fromDraftDocument({ answersJson, sealed, at, ...key }: DraftDocument): FormDraft {
  return { ...key, answers: JSON.parse(answersJson), sealed: fromSealed(sealed), at: at.getTime() };
}

/** The bound on the time stands outside the alternative, so that the index is entered at the place. */
function laterThan({ at, submissionId }: Required<FormSubmissionPage>['after']): Filter<SubmissionDocument> {
  const time = new Date(at);
  return { at: { $gte: time }, $or: [{ at: { $gt: time } }, { submissionId: { $gt: submissionId } }] };
}

/** Answers to forms in MongoDB. */
export function createMongoFormStore(db: Db): FormStore {
  const submissions = db.collection<SubmissionDocument>('forms');
  const drafts = db.collection<DraftDocument>('formDrafts');

  async function findPage(
    own: Filter<SubmissionDocument>,
    { limit, after }: FormSubmissionPage,
  ): Promise<readonly FormSubmission[]> {
    if (limit < 1) return [];
    const query = { ...own, ...(after && laterThan(after)) };
    const found = submissions.find(query, { ...WITHOUT_ID, sort: { at: 1, submissionId: 1 }, limit });
    return (await guarded(() => found.toArray())).map(fromSubmissionDocument);
  }

  async function findDrafts(own: Filter<DraftDocument>): Promise<readonly FormDraft[]> {
    const found = drafts.find(own, { ...WITHOUT_ID, sort: { experiment: 1, groupId: 1 } });
    return (await guarded(() => found.toArray())).map(fromDraftDocument);
  }

  return {
    async submit(submission) {
      const { submissionId, ...fields } = toSubmissionDocument(submission);
      const kept = await upserting(() =>
        submissions.findOneAndUpdate(
          { submissionId },
          { $setOnInsert: fields },
          { ...WITHOUT_ID, upsert: true, returnDocument: 'after' },
        ),
      );
      if (kept === null) throw new Error(`Submission ${submissionId} was not kept.`);
      return fromSubmissionDocument(kept);
    },
    async get(submissionIds) {
      const query = { submissionId: { $in: [...submissionIds] } };
      return (await guarded(() => submissions.find(query, WITHOUT_ID).toArray())).map(fromSubmissionDocument);
    },
    ofParticipant: (participantId, page) => findPage({ participantId }, page),
    page: (experiment, page) => findPage({ experiment }, page),
    async saveDraft({ experiment, participantId, groupId, answers, sealed, at }) {
      const key = { participantId, experiment, groupId };
      const notLater = { ...key, at: { $lte: new Date(at) } };
      const fields = { answersJson: JSON.stringify(answers), sealed: toSealed(sealed), at: new Date(at) };
      try {
        await guarded(() => drafts.updateOne(notLater, { $set: fields }, { upsert: true }));
      } catch (error) {
        // There is one, which is later than this or was saved in the same moment.
        if (!isDuplicateKey(error)) throw error;
        await guarded(() => drafts.updateOne(notLater, { $set: fields }));
      }
    },
    draftsOf: (experiment, participantId) => findDrafts({ participantId, experiment }),
    allDraftsOf: (participantId) => findDrafts({ participantId }),
    async removeDraft({ experiment, participantId, groupId }) {
      await guarded(() => drafts.deleteOne({ participantId, experiment, groupId }));
    },
    async eraseOf(participantId, at) {
      await guarded(() => drafts.deleteMany({ participantId }));
      // Two steps that may each be repeated: the answers go first, the date of the first time stays.
      const erased = { $set: { answersJson: '{}', sealed: [] } };
      await guarded(() => submissions.updateMany({ participantId }, erased));
      const marked = { $set: { erasedAt: new Date(at) } };
      await guarded(() => submissions.updateMany({ participantId, erasedAt: null }, marked));
    },
  };
}
