import { countOf } from '#lib/words.ts';
import type { AskedQuestion, QuestionOf } from './question.ts';

/** The most that a text may have when its form sets no limit; nobody has to be told of it. */
const NO_LIMIT = 10_000;

const FORMATS = {
  date: 'A date, such as 2026-11-30.',
  time: 'A time of day, such as 14:30.',
  url: 'A web address, such as https://example.org.',
  word: 'One word.',
} as const;

/** What is wanted, as far as the field itself does not show it. Empty when there is nothing to say. */
export function hintOf(question: AskedQuestion): string {
  switch (question.type) {
    case 'string':
      return textHint(question);
    case 'number':
      return question.labels === null ? numberHint(question) : '';
    case 'email':
      return 'Such as name@example.org.';
    case 'phone':
      return 'With its area code, such as +49 30 1234567.';
    case 'multi-choice':
      return choicesHint(question);
    default:
      return '';
  }
}

function textHint({ format, ...limits }: QuestionOf<'string'>): string {
  const parts = [format === null ? '' : FORMATS[format], lengthHint(limits)];
  return parts.filter((part) => part !== '').join(' ');
}

function lengthHint({ minLength, maxLength }: Pick<QuestionOf<'string'>, 'minLength' | 'maxLength'>): string {
  const isBounded = maxLength < NO_LIMIT;
  if (minLength > 1 && minLength === maxLength) return `Exactly ${countOf(minLength, 'character')}.`;
  if (minLength > 1 && isBounded) return `${minLength} to ${countOf(maxLength, 'character')}.`;
  if (minLength > 1) return `At least ${countOf(minLength, 'character')}.`;
  return isBounded ? `At most ${countOf(maxLength, 'character')}.` : '';
}

function numberHint({ integer, min, max }: QuestionOf<'number'>): string {
  const what = integer ? 'A whole number' : 'A number';
  if (min !== null && max !== null) return `${what} from ${min} to ${max}.`;
  if (min !== null) return `${what}, ${min} or more.`;
  return max === null ? `${what}.` : `${what}, ${max} or less.`;
}

function choicesHint({ options, minChoices, maxChoices }: QuestionOf<'multi-choice'>): string {
  const isBounded = maxChoices < options.length;
  if (minChoices > 1 && minChoices === maxChoices) return `Choose ${minChoices}.`;
  if (minChoices > 1 && isBounded) return `Choose ${minChoices} to ${maxChoices}.`;
  if (minChoices > 1) return `Choose at least ${minChoices}.`;
  return isBounded ? `Choose at most ${maxChoices}.` : 'Choose all that apply.';
}
