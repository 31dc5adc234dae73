import { describe, expect, it } from 'vitest';
import { formSchema } from './form.schema.ts';
import { readForm } from './readForm.ts';

const formOf = (...questions: readonly object[]) =>
  readForm(formSchema.parse({ name: 'exit_survey', trigger: { event: 'after-all-assignments' }, questions }));

describe('a form as it is asked', () => {
  it('says everything that its file leaves out', () => {
    expect(formOf({ prompt: 'Thank you.' })).toEqual({
      name: 'exit_survey',
      title: 'Exit survey',
      version: 1,
      intro: '',
      trigger: { event: 'after-all-assignments', turns: null, games: null },
      questions: [{ type: null, key: 'thank_you', prompt: 'Thank you.' }],
    });
  });

  it('has personal answers where they reach somebody, unless the file says otherwise', () => {
    const { questions } = formOf(
      { prompt: 'Mail', type: 'email' },
      { prompt: 'Phone', type: 'phone' },
      { prompt: 'Shared mailbox', type: 'email', personal: false },
      { prompt: 'Name', type: 'string', personal: true },
      { prompt: 'Mood', type: 'string' },
    );
    expect(questions.map((question) => question.type !== null && question.personal)).toEqual([
      true,
      true,
      false,
      true,
      false,
    ]);
  });

  it('needs an answer where only one answer lets people go on', () => {
    expect(formOf({ prompt: 'Do you agree?', type: 'bool', mustBe: true }).questions).toEqual([
      {
        type: 'bool',
        key: 'do_you_agree',
        prompt: 'Do you agree?',
        required: true,
        personal: false,
        mustBe: true,
      },
    ]);
  });

  it('takes whole numbers on a scale, and as many choices as there are', () => {
    const { questions } = formOf(
      { prompt: 'How easy?', type: 'number', min: 1, max: 7, labels: ['hard', 'easy'] },
      { prompt: 'Which?', type: 'multi-choice', options: [' one ', 'two'] },
    );
    expect(questions).toMatchObject([
      { integer: true, min: 1, max: 7, labels: ['hard', 'easy'] },
      { options: ['one', 'two'], minChoices: 0, maxChoices: 2 },
    ]);
  });
});
