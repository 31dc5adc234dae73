/**
 * An answer in its normal form. Nothing answered is `''` for words and single choices, `[]` for several choices, `false`
 * for a yes or no that nobody has to give, as for a box that was not ticked, and `null` for a number.
 */
export type AnswerValue = string | number | boolean | readonly string[] | null;

/** One for every question that is asked, by its key. */
export type Answers = Readonly<Record<string, AnswerValue>>;

/** Why something cannot be an answer. */
export interface AnswerFault {
  /** Stable, `answer/...`. */
  readonly reason: string;
  /** For whoever answers: what to do, as a sentence. */
  readonly message: string;
}

export interface AnswerProblem extends AnswerFault {
  /** Of the question; empty for the form as a whole. */
  readonly key: string;
}

export type Reading<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & AnswerFault);

export const accepted = <T>(value: T): Reading<T> => ({ ok: true, value });
export const refused = (reason: string, message: string): Reading<never> => ({ ok: false, reason, message });

export const UNANSWERED = refused('answer/required', 'Please answer this question.');

/** Whether nothing was said: a field that was not sent, or holds no more than white space. */
export function isBlank(given: unknown): boolean {
  return given === undefined || given === null || (typeof given === 'string' && given.trim() === '');
}

/** Browsers send line breaks of text areas as two characters. */
export function withPlainLineBreaks(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}
