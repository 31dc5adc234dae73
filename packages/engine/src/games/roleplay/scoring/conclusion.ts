import type { Closing } from './closing.ts';
import type { Playthrough } from './playthrough.ts';
import { failedScore, NOT_SCORED_YET } from './score.ts';
import type { Score } from './score.ts';

/** What is known of a game that is over. */
export interface PlayedToEnd {
  readonly played: Playthrough;
  readonly answers: Closing['answers'];
}

/** How a game comes to a score. */
export interface Scoring {
  /** What the score is for, e.g. `goal-inference`. */
  readonly task: string;
  /** The question without whose answer there is nothing to score; `null` where the play alone can be scored. */
  readonly scoredAnswer: string | null;
  /** The score as far as it follows from the log alone; `null` where a model has to be asked. */
  scoreSoFar?(played: Playthrough): Score | null;
}

/** Why an unfinished game has nothing to score; `null` if it has. */
export function unscorable({ task, scoredAnswer }: Scoring, { played, answers }: PlayedToEnd): Score | null {
  if (played.exchanges.length === 0) return failedScore(task, 'score/nothing-played');
  const isAnswered = scoredAnswer === null || answers[scoredAnswer] !== undefined;
  return isAnswered ? null : failedScore(task, 'score/unanswered');
}

/** The score of a game that ends before its player has finished it. No model is asked. */
export function scoreAtEnd(scoring: Scoring, end: PlayedToEnd): Score {
  const nothing = unscorable(scoring, end);
  if (nothing !== null) return nothing;
  return scoring.scoreSoFar?.(end.played) ?? failedScore(scoring.task, NOT_SCORED_YET);
}
