import { z } from 'zod';
import { GAME_ROLES } from './modelRole.ts';
import type { ModelRole } from './modelRole.ts';

/** Through whom models are asked. */
export const PROVIDERS = ['openrouter', 'huggingface', 'openai-compatible'] as const;

const NAME_PATTERN = new RegExp(`^(scripted|(${PROVIDERS.join('|')}):[^\\s,]+)$`);

export const MOST_MODELS_OF_A_ROLE = 5;

/** One model by name: `scripted`, or a provider and what it calls the model. */
export const modelNameSchema = z
  .string()
  .max(200)
  .regex(
    NAME_PATTERN,
    'must be scripted, or a provider and what it calls the model, such as openrouter:openai/gpt-5-mini',
  );

const modelsOfRoleSchema = z.array(modelNameSchema).min(1).max(MOST_MODELS_OF_A_ROLE);

/**
 * The models that a game or an experiment wants asked, by role, in the order in which they are asked; a role that is left
 * out is left to the settings of the server.
 */
export type ModelChoice = Readonly<Partial<Record<ModelRole, readonly string[]>>>;

export const modelChoiceSchema: z.ZodType<ModelChoice> = z.partialRecord(
  z.enum(GAME_ROLES),
  modelsOfRoleSchema,
);

export const NO_CHOICE: ModelChoice = {};
