import { beforeEach, describe, expect, it } from 'vitest';
import type { FormDraft, FormStore, FormSubmission, FormSubmissionPage } from '../ports.ts';
import { newId, T0 } from './samples.ts';

function sampleSubmission(over: Partial<FormSubmission> = {}): FormSubmission {
  return {
    submissionId: newId(),
    experiment: newId(),
    participantId: newId(),
    groupId: 'before-all-assignments',
    assignmentId: null,
    form: 'about_you',
    version: 2,
    at: T0,
    answers: { mood: 3, known: ['cats', 'bats'], agreed: true, words: '=1+1 \uD83D $set', 'a.b': null },
    sealed: { email: 'sealed-1', 'odd.$name': 'sealed-2' },
    erasedAt: null,
    ...over,
  };
}

function sampleDraft(over: Partial<FormDraft> = {}): FormDraft {
  return {
    experiment: newId(),
    participantId: newId(),
    groupId: 'before-all-assignments',
    answers: { mood: 3 },
    sealed: { email: 'sealed-1' },
    at: T0,
    ...over,
  };
}

type Read = (page: FormSubmissionPage) => Promise<readonly FormSubmission[]>;

async function allPages(read: Read, limit: number): Promise<FormSubmission[]> {
  const rows: FormSubmission[] = [];
  for (let page: FormSubmissionPage = { limit }; ;) {
    const found = await read(page);
    rows.push(...found);
    const last = found.at(-1);
    if (last === undefined) return rows;
    page = { limit, after: last };
  }
}

function describeSubmissions(open: () => FormStore): void {
  describe('answers to forms', () => {
    let forms: FormStore;
    beforeEach(() => {
      forms = open();
    });

    it('are given back as they were submitted', async () => {
      const [one, other] = [
        sampleSubmission(),
        sampleSubmission({ assignmentId: 'a', answers: {}, sealed: {} }),
      ];
      expect(await forms.submit(one)).toEqual(one);
      expect(await forms.submit(other)).toEqual(other);
      const found = await forms.get([one.submissionId, newId(), other.submissionId]);
      expect(new Set(found)).toEqual(new Set([one, other]));
      expect(found).toHaveLength(2);
      expect(await forms.get([])).toEqual([]);
    });

    it('stay as they were first submitted, and every repetition is answered with them', async () => {
      const first = sampleSubmission();
      await forms.submit(first);
      expect(await forms.submit({ ...first, answers: { mood: 7 }, at: T0 + 9 })).toEqual(first);
      const submissionId = newId();
      const attempts = Array.from({ length: 8 }, (_, version) =>
        forms.submit(sampleSubmission({ submissionId, version })),
      );
      const told = await Promise.all(attempts);
      expect(new Set(told.map(({ version }) => version)).size).toBe(1);
      expect(await forms.get([submissionId])).toEqual([told[0]]);
    });

    it('are read of an experiment, and of a person, page by page in the order in which they came', async () => {
      const [experiment, participantId] = [newId(), newId()];
      const mine = Array.from({ length: 7 }, (_, index) =>
        sampleSubmission({ experiment, participantId, at: T0 + Math.floor(index / 3) }),
      );
      for (const submission of mine.toReversed()) await forms.submit(submission);
      await forms.submit(sampleSubmission({ experiment }));
      await forms.submit(sampleSubmission({ participantId }));
      const ofExperiment = await forms.page(experiment, { limit: 100 });
      expect(ofExperiment).toHaveLength(8);
      expect(ofExperiment).toEqual(ofExperiment.toSorted((a, b) => a.at - b.at));
      const ofParticipant = await forms.ofParticipant(participantId, { limit: 100 });
      expect(ofParticipant).toHaveLength(8);
      for (const limit of [1, 3, 8]) {
        expect(await allPages((page) => forms.page(experiment, page), limit)).toEqual(ofExperiment);
        expect(await allPages((page) => forms.ofParticipant(participantId, page), limit)).toEqual(
          ofParticipant,
        );
      }
      expect(await forms.page(newId(), { limit: 9 })).toEqual([]);
    });

    it('are forgotten of the person who asked for it, once, with the drafts; that they were given stays', async () => {
      const { participantId, experiment } = sampleDraft();
      const [first, second] = [
        sampleSubmission({ participantId }),
        sampleSubmission({ participantId, at: T0 + 1 }),
      ];
      const other = sampleSubmission();
      for (const submission of [first, second, other]) await forms.submit(submission);
      const others = sampleDraft();
      await forms.saveDraft(sampleDraft({ participantId, experiment }));
      await forms.saveDraft(others);
      await forms.eraseOf(participantId, T0 + 5);
      await forms.eraseOf(participantId, T0 + 6);
      const erased = { answers: {}, sealed: {}, erasedAt: T0 + 5 };
      expect(await forms.ofParticipant(participantId, { limit: 9 })).toEqual([
        { ...first, ...erased },
        { ...second, ...erased },
      ]);
      expect(await forms.submit(first)).toEqual({ ...first, ...erased });
      expect(await forms.draftsOf(experiment, participantId)).toEqual([]);
      expect(await forms.get([other.submissionId])).toEqual([other]);
      expect(await forms.draftsOf(others.experiment, others.participantId)).toEqual([others]);
    });
  });
}

function describeDrafts(open: () => FormStore): void {
  describe('drafts of answers', () => {
    let forms: FormStore;
    beforeEach(() => {
      forms = open();
    });

    it('are kept for each group, and removed one by one', async () => {
      const first = sampleDraft({ groupId: 'after-assignment:a' });
      const second = { ...first, groupId: 'before-all-assignments', answers: { mood: 'ü \uD83D' } };
      for (const draft of [second, first]) await forms.saveDraft(draft);
      const { experiment, participantId } = first;
      expect(await forms.draftsOf(experiment, participantId)).toEqual([first, second]);
      expect(await forms.draftsOf(newId(), participantId)).toEqual([]);
      const elsewhere = sampleDraft({ participantId });
      await forms.saveDraft(elsewhere);
      const all = [first, second, elsewhere].toSorted((a, b) => (a.experiment < b.experiment ? -1 : 1));
      expect(await forms.allDraftsOf(participantId)).toEqual(all);
      await forms.removeDraft(first);
      await forms.removeDraft(first);
      expect(await forms.draftsOf(experiment, participantId)).toEqual([second]);
    });

    it('give way to later ones and never to earlier ones', async () => {
      const draft = sampleDraft({ at: T0 + 10 });
      const { experiment, participantId } = draft;
      const kept = async () =>
        (await forms.draftsOf(experiment, participantId)).map(({ answers }) => answers);
      await forms.saveDraft(draft);
      await forms.saveDraft({ ...draft, at: T0 + 9, answers: { mood: 'earlier' } });
      expect(await kept()).toEqual([draft.answers]);
      await forms.saveDraft({ ...draft, at: T0 + 10, answers: { mood: 'again' } });
      expect(await kept()).toEqual([{ mood: 'again' }]);
      await forms.saveDraft({ ...draft, at: T0 + 11, answers: { mood: 'later' } });
      expect(await kept()).toEqual([{ mood: 'later' }]);
    });

    it('end as the latest of many that are saved at once', async () => {
      const draft = sampleDraft();
      const times = Array.from({ length: 12 }, (_, index) => (index * 7) % 12);
      await Promise.all(
        times.map((later) => forms.saveDraft({ ...draft, at: T0 + later, answers: { later } })),
      );
      const { experiment, participantId } = draft;
      expect(await forms.draftsOf(experiment, participantId)).toMatchObject([{ answers: { later: 11 } }]);
    });
  });
}

/** What every store of answers to forms does. */
export function describeForms(open: () => FormStore): void {
  describeSubmissions(open);
  describeDrafts(open);
}
