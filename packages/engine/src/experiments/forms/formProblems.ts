import type { FormFile } from './form.schema.ts';
import { questionProblems } from './questionProblems.ts';

/** What keeps a form from being asked although its schema accepts it. */
export interface FormProblem {
  /** From the form, such as `['questions', 2, 'options']`. */
  readonly path: readonly (string | number)[];
  /** Stable, `form/...`. */
  readonly reason: string;
  /** What is so; goes after the name of the field. */
  readonly message: string;
  /** What to do, as a sentence. */
  readonly fix: string;
}

/** Everything that a schema cannot say of a form. Empty when it can be asked. */
export function formProblems(file: FormFile): readonly FormProblem[] {
  return [
    ...triggerProblems(file.trigger),
    ...sharedKeys(file),
    ...file.questions.flatMap((question, index) =>
      questionProblems(question).map((problem) => ({
        ...problem,
        path: ['questions', index, ...problem.path],
      })),
    ),
  ];
}

const OF_NO_ASSIGNMENT: readonly string[] = ['before-all-assignments', 'after-all-assignments'];

function triggerProblems({ event, turns, games }: FormFile['trigger']): readonly FormProblem[] {
  const problems: FormProblem[] = [];
  if (event === 'after-turns' && turns === undefined) {
    problems.push({
      path: ['trigger', 'turns'],
      reason: 'form/turns-missing',
      message: 'is missing',
      fix: 'Say after how many turns the form is asked.',
    });
  }
  if (event !== 'after-turns' && turns !== undefined) {
    problems.push({
      path: ['trigger', 'turns'],
      reason: 'form/turns-unused',
      message: `says nothing for ${event}`,
      fix: 'Remove it, or make the event after-turns.',
    });
  }
  if (OF_NO_ASSIGNMENT.includes(event) && games !== undefined) {
    problems.push({
      path: ['trigger', 'games'],
      reason: 'form/games-unused',
      message: `says nothing for ${event}, which belongs to no game`,
      fix: 'Remove it, or ask the form before or after an assignment.',
    });
  }
  return problems;
}

function sharedKeys({ questions }: FormFile): readonly FormProblem[] {
  const known = new Set<string>();
  return questions.flatMap(({ key }, index): FormProblem[] => {
    if (key === undefined) return [];
    if (!known.has(key)) {
      known.add(key);
      return [];
    }
    const path = ['questions', index, 'key'];
    const fix = 'Give every question of the form a key of its own.';
    return [
      { path, reason: 'form/shared-key', message: `is ${key}, which another question has already`, fix },
    ];
  });
}
