import type { FieldProblemDto } from '@dcs/api';
import { fieldName, isAsked } from './question.ts';
import type { Form } from './question.ts';
import { plainWords, promptParts } from './promptParts.ts';

/** What is wrong with an answer, with the question as the page calls it. */
export interface AnswerProblem {
  /** Of the field; empty when it belongs to none that is shown. */
  readonly name: string;
  readonly question: string;
  readonly message: string;
}

/** Problems in the order of the questions; those of no question that is shown come first. */
export function formProblems(
  forms: readonly Form[],
  problems: readonly FieldProblemDto[],
): readonly AnswerProblem[] {
  const fields = forms.flatMap((form) =>
    form.questions.filter(isAsked).map((question) => ({ name: fieldName(form, question), question })),
  );
  const known = new Set(fields.map(({ name }) => name));
  const others = problems
    .filter(({ path }) => !known.has(path))
    .map(({ message }) => ({ name: '', question: '', message }));
  const ofFields = fields.flatMap(({ name, question }) =>
    problems
      .filter(({ path }) => path === name)
      .map(({ message }) => ({ name, question: plainWords(promptParts(question.prompt).name), message })),
  );
  return [...others, ...ofFields];
}
