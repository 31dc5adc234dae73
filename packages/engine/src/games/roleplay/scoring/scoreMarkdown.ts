import { HIGHEST_TIER, NOT_SCORED_YET, nothingToScore } from './score.ts';
import type { Score, Tally } from './score.ts';

const tallied = ({ correct, wrong, missed }: Tally): string =>
  `**Predictions:** ${correct} right, ${wrong} wrong; ${missed} ${missed === 1 ? 'turn' : 'turns'} without one`;

const spreadText = ({ repeats, spread }: Score): string =>
  spread === null || repeats.length < 2 ? '' : `, the median of ${repeats.length} with a spread of ${spread}`;

/** Says why there is no score, so that nobody takes it for one that is worth nothing. */
function unscoredText({ failure }: Score): string {
  const nothing = nothingToScore(failure ?? '');
  if (nothing !== null) return `This session has no score, because ${nothing}.`;
  if (failure === NOT_SCORED_YET) return 'This session ended before it was scored.';
  return (
    'Your score could not be worked out, because the model that scores gave no usable answer. This is not your fault. ' +
    'The game counts as played, and everything in it is kept.'
  );
}

/** A score for the player to read. A missing one says so. */
export function scoreMarkdown(score: Score): string {
  if (score.score === null || score.tier === null) return `## Final score\n\n${unscoredText(score)}`;
  return [
    '## Final score',
    `**Tier:** ${score.tier} (from 0 to ${HIGHEST_TIER})`,
    `**Score:** ${score.score} of 100${spreadText(score)}`,
    ...(score.tally === null ? [] : [tallied(score.tally)]),
    '### Reasoning',
    score.reasoning,
  ].join('\n\n');
}
