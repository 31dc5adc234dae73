import type { Scorer } from '../score.ts';
import { goalBounds } from './goalBounds.ts';
import { goalInference } from './goalInference.ts';
import { nextAction } from './nextAction.ts';
import { sharedGoal } from './sharedGoal.ts';

/** All that is ever scored. What stands in their prompts is kept from players. */
export const SCORERS: readonly Scorer[] = [goalInference, goalBounds, sharedGoal, nextAction];
