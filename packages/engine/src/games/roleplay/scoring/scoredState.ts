import { z } from 'zod';
import type { RoleplayState } from '../state.ts';
import { closingSchema } from './closing.ts';
import { playthroughSchema } from './playthrough.ts';
import { scoreSchema } from './score.ts';
import type { ScoredConfig } from './scoredConfig.ts';

/** What a scored game knows beside what all language games know. */
export const scoredOwnSchema = z.strictObject({
  played: playthroughSchema,
  closing: closingSchema,
  score: scoreSchema.nullable(),
});
export type ScoredOwn = z.infer<typeof scoredOwnSchema>;
export type ScoredState = RoleplayState<ScoredConfig, ScoredOwn>;
