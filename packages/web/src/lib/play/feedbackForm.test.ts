import type { FeedbackDto } from '@dcs/api';
import { describe, expect, it } from 'vitest';
import type { Problem } from '#lib/answered.ts';
import { FeedbackForm, type FullOpinion } from './feedbackForm.svelte.ts';

const LIKED: FullOpinion = {
  liked: true,
  comment: '',
  doesntMakeSense: false,
  outOfCharacter: false,
  other: false,
};
const POOR: FullOpinion = { ...LIKED, liked: false };
const CUT: Problem = { reason: 'connection/lost', message: 'The line was cut.', retryable: true };

/** A form whose saves are answered by the test, in the order in which they come, and whose pauses end when it says so. */
function table(recorded: FeedbackDto | null = null) {
  const saves: { readonly opinion: FullOpinion | null; answer(problem: Problem | null): Promise<void> }[] =
    [];
  let pause: (() => void) | null = null;
  let known = recorded;
  const form = new FeedbackForm({
    recorded: () => known,
    save: (opinion) =>
      new Promise((resolve) => {
        const answer = async (problem: Problem | null): Promise<void> => {
          if (problem === null) known = opinion === null ? null : { ...opinion, submittedAt: 'now' };
          resolve(problem);
          await Promise.resolve();
          await Promise.resolve();
        };
        saves.push({ opinion, answer });
      }),
    scheduler: {
      after: (_milliseconds, run) => {
        pause = run;
        return () => {
          pause = null;
        };
      },
    },
  });
  return { form, saves, endPause: () => pause?.() };
}

describe('feedback as it is given', () => {
  it('is saved at once, and asks what is wrong only where the reply is not liked', async () => {
    const { form, saves } = table();
    form.judge(true);
    expect(form).toMatchObject({ opinion: LIKED, state: 'saving', isOpen: false });
    await saves[0]?.answer(null);
    expect(form.state).toBe('saved');
    form.judge(false);
    form.mark('outOfCharacter', true);
    expect(form).toMatchObject({ opinion: { ...POOR, outOfCharacter: true }, isOpen: true });
  });

  it('saves one change after the other, and of those that came meanwhile only the latest', async () => {
    const { form, saves } = table();
    form.judge(false);
    form.mark('other', true);
    form.mark('doesntMakeSense', true);
    expect(saves.map(({ opinion }) => opinion)).toEqual([POOR]);
    await saves[0]?.answer(null);
    const both = { ...POOR, other: true, doesntMakeSense: true };
    expect(saves.map(({ opinion }) => opinion)).toEqual([POOR, both]);
    expect(form.state).toBe('saving');
    await saves[1]?.answer(null);
    expect(form).toMatchObject({ state: 'saved', opinion: both });
  });

  it('saves a comment when its writer pauses, not at every letter', async () => {
    const { form, saves, endPause } = table();
    form.judge(false);
    await saves[0]?.answer(null);
    for (const words of ['It', 'It sp', 'It spoke.']) form.write(words);
    expect(saves).toHaveLength(1);
    endPause();
    expect(saves[1]?.opinion).toEqual({ ...POOR, comment: 'It spoke.' });
  });

  it('is cleared by the same mark, and comes back with all that was said', async () => {
    const recorded = { ...POOR, other: true, comment: 'Odd.', submittedAt: 'then' };
    const { form, saves } = table(recorded);
    form.judge(false);
    expect(form).toMatchObject({ opinion: null, canUndo: true, isOpen: false });
    await saves[0]?.answer(null);
    form.undo();
    expect(form).toMatchObject({ opinion: { ...POOR, other: true, comment: 'Odd.' }, canUndo: false });
    expect(saves.map(({ opinion }) => opinion)).toEqual([null, { ...POOR, other: true, comment: 'Odd.' }]);
  });

  it('keeps what could not be saved, says why, and saves it when it is asked to', async () => {
    const { form, saves } = table();
    form.judge(true);
    await saves[0]?.answer(CUT);
    expect(form).toMatchObject({ state: 'failed', problem: CUT, opinion: LIKED });
    void form.save();
    expect(form.problem).toBeNull();
    await saves[1]?.answer(null);
    expect(form).toMatchObject({ state: 'saved', opinion: LIKED });
  });
});
