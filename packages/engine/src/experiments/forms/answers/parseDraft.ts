import { MOST_ANSWER } from '../form.schema.ts';
import { isAsked } from '../form.ts';
import type { AskedQuestion, Form } from '../form.ts';
import { isBlank, withPlainLineBreaks } from './answer.ts';
import { entriesOf } from './parseAnswers.ts';
import { wordOf } from './readChoice.ts';
import { MOST_ANSWERS, sizeOf } from './size.ts';

/** What a field of a form holds while it is filled in: words as they are typed, not yet an answer. */
export type DraftValue = string | number | boolean | readonly string[];
export type AnswersDraft = Readonly<Record<string, DraftValue>>;

/**
 * As much of a form that is being filled in as can be kept: what is wrong with an answer, its author may still mend.
 * Only what no field of the form could show again is left out, and what exceeds the room of a form.
 */
export function parseDraft(form: Form, input: unknown): AnswersDraft {
  const given = entriesOf(input);
  const kept: [string, DraftValue][] = [];
  let room = MOST_ANSWERS;
  for (const question of form.questions.filter(isAsked)) {
    const { key } = question;
    const value = keepable(question, given.get(key));
    if (value === null) continue;
    const size = key.length + sizeOf(value);
    if (size > room) continue;
    room -= size;
    kept.push([key, value]);
  }
  return Object.fromEntries(kept);
}

function keepable(question: AskedQuestion, given: unknown): DraftValue | null {
  switch (question.type) {
    case 'bool':
      return typeof given === 'boolean' ? given : words(given);
    case 'number':
      return typeof given === 'number' && Number.isFinite(given) ? given : words(given);
    case 'single-choice':
      return chosen(question.options, given)[0] ?? null;
    case 'multi-choice':
      return isBlank(given) ? null : chosen(question.options, given);
    default:
      return words(given);
  }
}

/** Cut where it is longer than any answer may be: better most of a long text than nothing of it. */
function words(given: unknown): string | null {
  if (typeof given === 'number') return String(given);
  if (typeof given !== 'string') return null;
  return withPlainLineBreaks(given).slice(0, MOST_ANSWER).toWellFormed();
}

/** A browser sends one choice as a word and several as a list. */
function chosen(options: readonly string[], given: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  const words = list.map(wordOf);
  return options.filter((option) => words.includes(option));
}
