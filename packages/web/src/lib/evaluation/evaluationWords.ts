import type { Score } from '#lib/evaluation/score.ts';
import { countOf } from '#lib/words.ts';

const WHY_NOT: Readonly<Record<string, string>> = {
  'score/nothing-played': 'Nothing was played between the opening and the end.',
  'score/unanswered': 'It ended before the question at its end was answered.',
};

/** Whether nobody could score a session that has no score for this reason: asking again would bring the same. */
export const isUnscorable = (reason: string | null): reason is string =>
  reason !== null && Object.hasOwn(WHY_NOT, reason);

/** Why a session has no score. */
export const whyNotScored = (reason: string | null): string =>
  (isUnscorable(reason) ? WHY_NOT[reason] : undefined) ?? 'There was nothing that could be scored.';

/** How the predictions of a game came out. */
export function tallyInWords({ correct, wrong, missed }: NonNullable<Score['tally']>): string {
  return `${countOf(correct + wrong, 'prediction')}: ${correct} right, ${wrong} wrong. ${countOf(missed, 'turn')} without one.`;
}

/** Where a score comes from; empty where no model was asked. */
export function sourceInWords({ model, repeats, spread }: Score): string {
  if (model === null) return '';
  const often =
    repeats.length < 2 ? '' : `, the median of ${repeats.length} that lie ${spread ?? 0} apart at most`;
  return `Scored by ${model}${often}.`;
}
