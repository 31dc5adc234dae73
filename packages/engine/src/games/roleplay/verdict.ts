import { z } from 'zod';
import { readAnswer } from './usableAnswer.ts';

/** What a judge says of an action or of a reply. */
export type Verdict = { readonly pass: true } | { readonly pass: false; readonly reason: string };

/** What was said of one rule, and by which model. */
export interface RuleVerdict {
  readonly verdict: Verdict;
  readonly model: string;
}

const LONGEST_REASON = 400;

/** `pass` has to be a truth value, and a rejection has to give its reason; nothing is guessed. */
const verdictSchema = z.discriminatedUnion('pass', [
  z.object({ pass: z.literal(true) }),
  z.object({ pass: z.literal(false), reason: z.string().trim().min(1).max(4000) }),
]);

/** Throws `UnusableAnswer`: what is not exactly a verdict lets nothing pass, and is never held against the player. */
export function readVerdict(text: string): Verdict {
  const verdict = readAnswer(text, verdictSchema);
  if (verdict.pass) return { pass: true };
  return { pass: false, reason: verdict.reason.slice(0, LONGEST_REASON).toWellFormed() };
}
