import { z } from 'zod';
import { ModelFailure } from '../../../models/languageModel.ts';
import type { Prompt } from '../../../models/languageModel.ts';
import type { Scene } from '../../../models/scene.ts';
import { DISCLOSED } from '../disclosure/disclosed.ts';
import { SCORING_VERSION } from './version.ts';

/** Four tiers of equal width: 0 is 0 to 24, 1 is 25 to 49, 2 is 50 to 74, 3 is 75 to 100. */
export const HIGHEST_TIER = 3;
const TIER_WIDTH = 25;

/** The tier of a score from 0 to 100. */
export const tierOf = (score: number): number => Math.min(HIGHEST_TIER, Math.floor(score / TIER_WIDTH));

/** The most often that one question is put to a scorer. */
export const MOST_REPEATS = 9;
const LONGEST_FAILURE = 60;

/** Why there is nothing that a scorer could be asked about. */
const NOTHING_TO_SCORE = {
  'score/nothing-played': 'nothing was played between the opening and the end',
  'score/unanswered': 'the session ended before you had answered the question at its end',
} as const;
export type NothingToScore = keyof typeof NOTHING_TO_SCORE;
/** The session ended before a scorer was asked; one can be. */
export const NOT_SCORED_YET = 'score/not-asked';

const valueSchema = z.int().min(0).max(100);

/** How the predictions of a game came out. */
const tallySchema = z.strictObject({
  correct: z.int().min(0),
  wrong: z.int().min(0),
  /** Turns without a prediction. */
  missed: z.int().min(0),
});
export type Tally = z.infer<typeof tallySchema>;

/**
 * How a game came out, as it stands in the log. `tier` and `score` are `null` when there is no score, and `failure` says
 * why; otherwise they agree. So a game without a score cannot be taken for one that is worth nothing.
 */
export const scoreSchema = z.strictObject({
  /** What was scored, e.g. `goal-inference`. */
  task: z.string().max(LONGEST_FAILURE),
  tier: z.int().min(0).max(HIGHEST_TIER).nullable(),
  score: valueSchema.nullable(),
  reasoning: z.string(),
  /** What the reasoning rests on, in the scorer's words. */
  evidence: z.array(z.string()),
  /** `null` when no model was needed, or none answered. */
  model: z.string().nullable(),
  promptVersion: z.string().max(LONGEST_FAILURE),
  /** What each repeat came to; `score` is the median. */
  repeats: z.array(valueSchema).max(MOST_REPEATS),
  /** The highest repeat less the lowest. */
  spread: valueSchema.nullable(),
  tally: tallySchema.nullable(),
  /** A stable reason, e.g. `model/timeout`, `score/unanswered`. */
  failure: z.string().max(LONGEST_FAILURE).nullable(),
  /** What the scorer told that is not for players, so that its words are withheld; left out where they are not. */
  withheld: z.enum(DISCLOSED).exactOptional(),
});
export type Score = z.infer<typeof scoreSchema>;

/** What a player did, and what came of it. */
export interface ScoringMaterial {
  /** The whole transcript, with both characters and what the simulated one was after, where that is one thing. */
  readonly scene: Scene;
  /** What the player says of the other: a guess, a prediction, a reflection. */
  readonly claim: string;
}

/** What a scorer scores, and how it is asked. */
export interface Scorer {
  readonly task: string;
  readonly prompt: (material: ScoringMaterial) => Prompt;
}

/** No model has anything to do with it. */
const unasked = (task: string): Omit<Score, 'tier' | 'score' | 'reasoning' | 'failure'> => ({
  task,
  evidence: [],
  model: null,
  promptVersion: SCORING_VERSION,
  repeats: [],
  spread: null,
  tally: null,
});

/** Without anything to go by, every claim is a wild guess: no model is asked. */
export const unplayedScore = (task: string): Score => ({
  ...unasked(task),
  tier: 0,
  score: 0,
  reasoning:
    'Nothing was played between the opening and the end, so there is nothing that an answer could rest on.',
  failure: null,
});

/** Words for why there is nothing to score; `null` for every other reason. */
export const nothingToScore = (failure: string): string | null =>
  Object.hasOwn(NOTHING_TO_SCORE, failure) ? NOTHING_TO_SCORE[failure as NothingToScore] : null;

/** Whether a scorer that is asked now could not change it: there is a score, or nothing to score. */
export const isSettled = ({ failure }: Score): boolean =>
  failure === null || nothingToScore(failure) !== null;

/** The game is over all the same. `failure` is a stable reason. */
export const failedScore = (task: string, failure: string): Score => ({
  ...unasked(task),
  tier: null,
  score: null,
  reasoning: '',
  failure,
});

/**
 * What a failed model makes of a score. Cancelled is not failed: whoever left may come back to be scored, so that is
 * thrown on, and so is what no model is to blame for.
 */
export function scoreAfterFault(task: string, fault: unknown): Score {
  if (!(fault instanceof ModelFailure) || fault.reason === 'model/cancelled') throw fault;
  return failedScore(task, fault.reason);
}
