import { MODEL_FAILURE_REASONS, MODEL_ROLES } from '@dcs/engine';
import { z } from 'zod';

/*
 * A tape: JSON Lines, UTF-8. The first line says that it is one; each line after it is what came of one question, in the
 * order in which answers came. Questions stand there by their keys alone, so that no prompt and no key of a provider is in it.
 */

export const TAPE_FORMAT = 'dcs-tape';
export const TAPE_VERSION = 1;

const name = z.string().max(200);
/** Longer than anything that a model is let write. */
const text = z.string().max(1_000_000);

export const tapeHeadSchema = z.strictObject({
  format: z.literal(TAPE_FORMAT),
  version: z.literal(TAPE_VERSION),
  /** The model that answers players, as sessions and pages name it. */
  model: name,
  /** Of the seeds of the sessions that were created in the run. */
  seed: name.min(1),
});
export type TapeHead = z.infer<typeof tapeHeadSchema>;

/** Enough of a first line to say which version of the format it announces. */
export const tapeVersionSchema = z.looseObject({ format: z.literal(TAPE_FORMAT), version: z.int() });

const useSchema = z.strictObject({
  inputTokens: z.number().min(0),
  outputTokens: z.number().min(0),
  isEstimated: z.boolean(),
  /** US dollars; `null` when nobody knows. */
  costUsd: z.number().min(0).nullable(),
});

const endingSchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), text, model: name }),
  z.strictObject({
    ok: z.literal(false),
    reason: z.enum(MODEL_FAILURE_REASONS),
    message: z.string().max(2_000),
  }),
]);

export const tapedAnswerSchema = z.strictObject({
  /** What was asked; see `questionKey`. */
  key: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits'),
  /** How often the same had been asked before. Answers may come in another order than questions. */
  ordinal: z.int().min(0),
  /** Of the question, for people who read the tape. */
  role: z.enum(MODEL_ROLES),
  task: name,
  promptVersion: name,
  ending: endingSchema,
  /** What all calls for it used together; `null` when no provider was called. */
  use: useSchema.nullable(),
});

/** What came of one question. */
export type TapedAnswer = z.infer<typeof tapedAnswerSchema>;
