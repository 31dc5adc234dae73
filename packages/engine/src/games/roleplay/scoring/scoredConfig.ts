import { z } from 'zod';
import { roleplayConfigSchema } from '../config.ts';
import { MOST_SCORED_TURNS } from './playthrough.ts';
import { MOST_REPEATS } from './score.ts';

/** The settings of a game that ends with a score. */
export const scoredConfigSchema = roleplayConfigSchema.extend({
  maxTurns: z.int().min(1).max(MOST_SCORED_TURNS).default(50),
  showNpcDetails: z.boolean().default(false),
  /** Whether the player is shown the score. It is recorded in any case. */
  showFinalScore: z.boolean().default(true),
  /** How often a scorer is asked; the median counts. */
  scoreRepeats: z.int().min(1).max(MOST_REPEATS).default(1),
  /** Of the answers to closing questions, as `inputLength` counts. */
  maxAnswerLength: z.int().min(1).max(2000).default(1000),
});

export type ScoredConfig = z.infer<typeof scoredConfigSchema>;
