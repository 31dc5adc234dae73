import type { Scene } from '../../../models/scene.ts';
import { readPrediction } from '../prediction.ts';
import { askScore } from './askScore.ts';
import type { Asker } from './askScorer.ts';
import { NOTHING_PLAYED, transcriptOf, withReply } from './playthrough.ts';
import type { Playthrough } from './playthrough.ts';
import { askForesightScore } from './predictions.ts';
import { goalBounds } from './prompts/goalBounds.ts';
import { goalInference } from './prompts/goalInference.ts';
import { sharedGoal } from './prompts/sharedGoal.ts';
import { unplayedScore } from './score.ts';
import type { Score } from './score.ts';

/** What games are scored for: in Infer Intent, Goal Horizon, Teamwork and Foresight. */
export const SCORE_TASKS = ['goal-inference', 'goal-bounds', 'shared-goal', 'next-action'] as const;
export type ScoreTask = (typeof SCORE_TASKS)[number];

/** What was played, outside a session. */
export interface PlayToScore extends Pick<Scene, 'pc' | 'npc' | 'objective'> {
  readonly opening: string | null;
  /** The player's texts as they were written, each with its reply. */
  readonly turns: readonly { readonly text: string; readonly reply: string }[];
  /** The player's answer to the question at the end; empty where a game asks none. */
  readonly claim: string;
}

const SCORERS = { 'goal-inference': goalInference, 'goal-bounds': goalBounds, 'shared-goal': sharedGoal };

/** Only Foresight takes predictions out of what players write. */
function playedFor(task: ScoreTask, { opening, turns }: PlayToScore): Playthrough {
  let played: Playthrough = { ...NOTHING_PLAYED, opening };
  for (const { text, reply } of turns) {
    const said = task === 'next-action' ? readPrediction(text) : { action: text, prediction: null };
    played = withReply({ ...played, said }, reply);
  }
  return played;
}

/** Scores a play as the game does at its end, asking once. Never fails for a model's sake. */
export async function scorePlay(task: ScoreTask, play: PlayToScore, asker: Asker): Promise<Score> {
  const played = playedFor(task, play);
  if (played.exchanges.length === 0) return unplayedScore(task);
  const { pc, npc, objective, claim } = play;
  const scene: Scene = {
    pc,
    npc,
    ...(objective === undefined ? {} : { objective }),
    transcript: transcriptOf(played),
    action: null,
    turn: played.exchanges.length + 2,
  };
  if (task === 'next-action') return askForesightScore({ played, scene }, 1, asker);
  return askScore({ scorer: SCORERS[task], material: { scene, claim } }, 1, asker);
}
