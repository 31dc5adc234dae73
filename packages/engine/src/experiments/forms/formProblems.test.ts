import { describe, expect, it } from 'vitest';
import { formSchema } from './form.schema.ts';
import { formProblems } from './formProblems.ts';

const AFTER = { event: 'after-assignment' };

const problemsOf = (question: object, trigger: object = AFTER) =>
  formProblems(formSchema.parse({ name: 'survey', trigger, questions: [{ prompt: 'Asked', ...question }] }));

const placesOf = (question: object, trigger?: object): readonly string[] =>
  problemsOf(question, trigger).map(({ path, reason }) => `${path.join('.')} ${reason}`);

describe('what is wrong with a form beyond its schema', () => {
  it('is nothing for every kind of question that is declared well', () => {
    const questions = [
      {},
      { type: 'string', long: true, minLength: 2, maxLength: 20, required: true },
      { type: 'string', format: 'date' },
      { type: 'number', format: 'integer', min: 0, max: 0 },
      { type: 'number', min: 1, max: 11, labels: ['low', 'high'] },
      { type: 'bool', mustBe: false },
      { type: 'email', personal: false },
      { type: 'single-choice', options: ['one'] },
      { type: 'multi-choice', options: ['one', 'two'], minChoices: 2, maxChoices: 2 },
    ];
    for (const question of questions) expect(problemsOf(question)).toEqual([]);
  });

  it('names options that are missing, out of place or there twice', () => {
    expect(placesOf({ type: 'single-choice' })).toEqual(['questions.0.options form/options-missing']);
    expect(placesOf({ type: 'number', options: ['1'] })).toEqual([
      'questions.0.options form/misplaced-field',
    ]);
    expect(placesOf({ type: 'multi-choice', options: ['yes', 'no', ' yes '] })).toEqual([
      'questions.0.options.2 form/shared-option',
    ]);
  });

  it('names every limit that says nothing for the type, with the types for which it does', () => {
    const [misplaced] = problemsOf({ type: 'string', max: 3 });
    expect(misplaced).toEqual({
      path: ['questions', 0, 'max'],
      reason: 'form/misplaced-field',
      message: 'says nothing for type string',
      fix: 'Remove it, or make the type number.',
    });
    expect(placesOf({ required: true, personal: true, mustBe: true })).toEqual([
      'questions.0.personal form/misplaced-field',
      'questions.0.mustBe form/misplaced-field',
      'questions.0.required form/misplaced-field',
    ]);
  });

  it('names formats of another type', () => {
    expect(placesOf({ type: 'string', format: 'integer' })).toEqual(['questions.0.format form/wrong-format']);
    expect(placesOf({ type: 'number', format: 'date' })).toEqual(['questions.0.format form/wrong-format']);
  });

  it('names limits that no answer can keep', () => {
    expect(placesOf({ type: 'string', minLength: 9, maxLength: 3 })).toEqual([
      'questions.0.minLength form/crossed-limits',
    ]);
    expect(placesOf({ type: 'number', min: 9, max: 3 })).toEqual(['questions.0.min form/crossed-limits']);
    expect(placesOf({ type: 'number', format: 'integer', min: 0.2, max: 0.8 })).toEqual([
      'questions.0.format form/no-answer-fits',
    ]);
    expect(placesOf({ type: 'multi-choice', options: ['one', 'two'], minChoices: 3 })).toEqual([
      'questions.0.minChoices form/too-many-choices',
    ]);
  });

  it('names scales without ends, and those that are too long to be seen at once', () => {
    const labels = ['low', 'high'];
    expect(placesOf({ type: 'number', min: 1, labels })).toEqual(['questions.0.labels form/no-scale']);
    expect(placesOf({ type: 'number', min: 0.5, max: 3, labels })).toEqual([
      'questions.0.labels form/no-scale',
    ]);
    expect(placesOf({ type: 'number', min: 0, max: 11, labels })).toEqual([
      'questions.0.labels form/long-scale',
    ]);
  });

  it('names triggers whose turns or games are missing or unused', () => {
    expect(placesOf({}, { event: 'after-turns' })).toEqual(['trigger.turns form/turns-missing']);
    expect(placesOf({}, { event: 'on-finish', turns: 3 })).toEqual(['trigger.turns form/turns-unused']);
    expect(placesOf({}, { event: 'before-all-assignments', games: ['explore'] })).toEqual([
      'trigger.games form/games-unused',
    ]);
    expect(placesOf({}, { event: 'after-turns', turns: 3, games: ['explore'] })).toEqual([]);
  });

  it('names a key that two questions have, and everything else in the same breath', () => {
    const questions = [
      { prompt: 'One', key: 'same', type: 'single-choice' },
      { prompt: 'Two', key: 'same', type: 'bool' },
    ];
    const file = formSchema.parse({ name: 'survey', trigger: AFTER, questions });
    expect(formProblems(file).map(({ path }) => path)).toEqual([
      ['questions', 1, 'key'],
      ['questions', 0, 'options'],
    ]);
  });
});
