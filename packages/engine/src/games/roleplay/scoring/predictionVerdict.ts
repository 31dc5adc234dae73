import { z } from 'zod';
import { fact } from '../../../session/drafts.ts';
import type { EventDraft, SessionEvent } from '../../../session/event.ts';
import { SCORING_VERSION } from './version.ts';

/** What a model said of a prediction. */
export const predictionVerdictSchema = z.strictObject({
  isCorrect: z.boolean(),
  reasoning: z.string(),
  model: z.string(),
});
export type PredictionVerdict = z.infer<typeof predictionVerdictSchema>;

/** What judging the prediction of one turn came to: a verdict for each repeat that was answered. */
export interface JudgedPrediction {
  readonly verdicts: readonly PredictionVerdict[];
  /** Why a repeat was not answered, e.g. `model/timeout`; it is asked for again when the game is scored. */
  readonly failure: string | null;
}

/** For researchers: the player is told when the game is over. */
export const predictionJudged = ({ verdicts, failure }: JudgedPrediction): EventDraft =>
  fact({ predictionVerdicts: [...verdicts], promptVersion: SCORING_VERSION, failure }, '', []);

/** The verdicts that an event holds on the latest turn; `null` for any other event. */
export function predictionVerdictsIn({ kind, data }: SessionEvent): PredictionVerdict[] | null {
  const told = kind === 'fact' ? data?.['predictionVerdicts'] : undefined;
  return told === undefined ? null : z.array(predictionVerdictSchema).parse(told);
}
