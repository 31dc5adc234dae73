import type { ScoredConfig } from './scoredConfig.ts';

/*
 * The one place where it is decided what a player learns of how they did. An experiment sets the condition; a session of
 * no experiment goes by the game. Those who see all are not asked here.
 */

type Shown = Pick<ScoredConfig, 'condition' | 'showFinalScore'>;

/** Whether the score is part of the ending that the player reads. */
export const showsFinalScore = ({ condition, showFinalScore }: Shown): boolean =>
  showFinalScore && condition !== 'static';

/** Whether the player may ask for an evaluation when the session is over. An experiment has to say so. */
export function showsEvaluation({ condition, showFinalScore }: Shown, isOfExperiment: boolean): boolean {
  if (condition !== undefined) return condition === 'learning';
  return !isOfExperiment && showFinalScore;
}
