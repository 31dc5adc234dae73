import { z } from 'zod';
import { ModelFailure } from '../../../models/languageModel.ts';
import type { Scene } from '../../../models/scene.ts';
import type { EventDraft } from '../../../session/event.ts';
import { sceneOf } from '../state.ts';
import { readAnswer } from '../usableAnswer.ts';
import { askScorer } from './askScorer.ts';
import type { Asker } from './askScorer.ts';
import { transcriptOf, withReply } from './playthrough.ts';
import type { Playthrough } from './playthrough.ts';
import { predictionJudged } from './predictionVerdict.ts';
import type { PredictionVerdict } from './predictionVerdict.ts';
import { nextAction } from './prompts/nextAction.ts';
import type { ScoredState } from './scoredState.ts';

const LONGEST_REASONING = 300;
/** As much of the past as a prediction is judged by: its own turn and the ones just before. */
const EXCHANGES_SHOWN = 4;

const answerSchema = z.object({
  verdict: z.enum(['correct', 'wrong']),
  reasoning: z.string().trim().min(1).max(20_000),
});

/** A prediction with what it is judged by. */
export interface MadePrediction {
  readonly prediction: string;
  /** Ends with the turn for which it was made. */
  readonly scene: Scene;
  /** What has been said of it already. */
  readonly verdicts: readonly PredictionVerdict[];
}

/** The prediction made in the turn at `index`; `null` where there is none. `scene` says who plays. */
function predictionAt(played: Playthrough, scene: Scene, index: number): MadePrediction | null {
  const exchange = played.exchanges[index];
  if (exchange === undefined || exchange.prediction === null) return null;
  const { prediction, action, verdicts = [] } = exchange;
  const shown = played.exchanges.slice(Math.max(0, index + 1 - EXCHANGES_SHOWN), index + 1);
  const opening = index < EXCHANGES_SHOWN ? played.opening : null;
  const transcript = transcriptOf({ opening, exchanges: shown, said: null });
  return { prediction, verdicts, scene: { ...scene, transcript, action, turn: index + 2 } };
}

/** All predictions of a game, in the order of play. `scene` says who plays. */
export const predictionsIn = (played: Playthrough, scene: Scene): readonly MadePrediction[] =>
  played.exchanges.flatMap((_exchange, index) => predictionAt(played, scene, index) ?? []);

/** Whether a prediction came true. Rejects with a `ModelFailure`. */
export async function judgePrediction(
  { prediction, scene }: MadePrediction,
  asker: Asker,
): Promise<PredictionVerdict> {
  const question = { scorer: nextAction, material: { scene, claim: prediction } };
  const { answer, model } = await askScorer(question, (text) => readAnswer(text, answerSchema), asker);
  const reasoning = answer.reasoning.slice(0, LONGEST_REASONING).toWellFormed();
  return { isCorrect: answer.verdict === 'correct', reasoning, model };
}

/** Why it was not answered. Cancelled is not failed, and what no model is to blame for is thrown on. */
function failureOf(fault: unknown): string {
  if (!(fault instanceof ModelFailure) || fault.reason === 'model/cancelled') throw fault;
  return fault.reason;
}

/**
 * Judges the prediction made beside the action that is being answered, as often as the score repeats. A model that fails
 * costs the turn nothing.
 */
export async function judgeNewPrediction(
  state: ScoredState,
  reply: string,
  asker: Asker,
): Promise<readonly EventDraft[]> {
  const played = withReply(state.own.played, reply);
  const made = predictionAt(played, sceneOf(state, null), played.exchanges.length - 1);
  if (state.own.played.said === null || made === null) return [];
  const asked = Array.from({ length: state.config.scoreRepeats }, () => judgePrediction(made, asker));
  const settled = await Promise.allSettled(asked);
  const verdicts = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failures = settled.flatMap((one) => (one.status === 'rejected' ? [failureOf(one.reason)] : []));
  return [predictionJudged({ verdicts, failure: failures[0] ?? null })];
}
