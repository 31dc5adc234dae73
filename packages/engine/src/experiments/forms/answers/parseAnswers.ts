import { isAsked } from '../form.ts';
import type { AskedQuestion, Form } from '../form.ts';
import type { AnswerProblem, Answers, AnswerValue, Reading } from './answer.ts';
import { readBool, readMultiChoice, readSingleChoice } from './readChoice.ts';
import { readNumber } from './readNumber.ts';
import { readContact, readText } from './readWords.ts';
import { MOST_ANSWERS, sizeOf } from './size.ts';

export type ParsedAnswers =
  | { readonly ok: true; readonly answers: Answers }
  | { readonly ok: false; readonly problems: readonly AnswerProblem[] };

/** What somebody sent for `form` in its normal form, or everything that is wrong with it. */
export function parseAnswers(form: Form, input: unknown): ParsedAnswers {
  const problem = unusable(input);
  if (problem !== null) return { ok: false, problems: [problem] };
  const given = entriesOf(input);
  const asked = form.questions.filter(isAsked);
  const answers: [string, AnswerValue][] = [];
  const problems: AnswerProblem[] = [];
  for (const question of asked) {
    const { key } = question;
    const reading = readAnswer(question, given.get(key));
    if (reading.ok) answers.push([key, reading.value]);
    else problems.push({ key, reason: reading.reason, message: reading.message });
    given.delete(key);
  }
  problems.push(...unknownQuestions(given));
  return problems.length === 0 ? { ok: true, answers: Object.fromEntries(answers) } : { ok: false, problems };
}

function readAnswer(question: AskedQuestion, given: unknown): Reading<AnswerValue> {
  switch (question.type) {
    case 'string':
      return readText(question, given);
    case 'email':
    case 'phone':
      return readContact(question, given);
    case 'number':
      return readNumber(question, given);
    case 'bool':
      return readBool(question, given);
    case 'single-choice':
      return readSingleChoice(question, given);
    case 'multi-choice':
      return readMultiChoice(question, given);
    default: {
      const unreachable: never = question;
      return unreachable;
    }
  }
}

function unusable(input: unknown): AnswerProblem | null {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    const message = 'Please send the answers by the keys of their questions.';
    return { key: '', reason: 'answer/no-answers', message };
  }
  const size = Object.entries(input).reduce((sum, [key, value]) => sum + key.length + sizeOf(value), 0);
  if (size <= MOST_ANSWERS) return null;
  const message = `Please shorten your answers: together they may have ${MOST_ANSWERS} characters.`;
  return { key: '', reason: 'answer/too-much', message };
}

/** What was sent, by key. A map, so that no key means anything but itself. */
export function entriesOf(input: unknown): Map<string, unknown> {
  return new Map(typeof input === 'object' && input !== null ? Object.entries(input) : []);
}

/** The program that sent them is wrong, and whoever mends it needs no more than these. */
const MOST_UNKNOWN = 20;
const LONGEST_NAME = 64;

function unknownQuestions(given: ReadonlyMap<string, unknown>): readonly AnswerProblem[] {
  const message = 'The form has no such question. It may have changed since: please load the page again.';
  return [...given.keys()]
    .slice(0, MOST_UNKNOWN)
    .map((key) => ({ key: key.slice(0, LONGEST_NAME), reason: 'answer/unknown-question', message }));
}
