import type { NumberQuestion } from '../form.ts';
import { accepted, isBlank, refused, UNANSWERED } from './answer.ts';
import type { Reading } from './answer.ts';

const NO_NUMBER = refused('answer/not-a-number', 'Please write a number, such as 3 or 2.5.');

/**
 * Longer numbers would lose digits without anybody noticing. Half of the world writes a comma where the other half writes
 * a point, and some keypads have no other; before three digits it may as well set thousands apart, so that nobody can tell.
 */
const WRITTEN_NUMBER = /^[+-]?(\d{1,15}([.,]\d{0,15})?|[.,]\d{1,15})$/;
const PERHAPS_THOUSANDS = /,\d{3}$/;

export function readNumber(question: NumberQuestion, given: unknown): Reading<number | null> {
  if (isBlank(given)) return question.required ? UNANSWERED : accepted(null);
  const value = numberOf(given);
  if (value === null) return NO_NUMBER;
  const { integer, min, max } = question;
  if (integer && !Number.isInteger(value)) {
    return refused('answer/not-whole', 'Please write a whole number.');
  }
  if (min !== null && value < min) return refused('answer/too-small', `Please give ${min} or more.`);
  if (max !== null && value > max) return refused('answer/too-big', `Please give ${max} or less.`);
  return accepted(value);
}

function numberOf(given: unknown): number | null {
  if (typeof given === 'number') {
    return Number.isFinite(given) && Math.abs(given) <= Number.MAX_SAFE_INTEGER ? withoutSign(given) : null;
  }
  if (typeof given !== 'string') return null;
  const written = given.trim();
  if (!WRITTEN_NUMBER.test(written) || PERHAPS_THOUSANDS.test(written)) return null;
  return withoutSign(Number(written.replace(',', '.')));
}

/** Minus nothing is nothing: the two are equal, and stored differently. */
const withoutSign = (value: number): number => (value === 0 ? 0 : value);
