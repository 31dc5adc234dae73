import { MOST_COMMENT } from '@dcs/engine';
import type { JsonObject, JsonValue } from '@dcs/engine';
import { z } from 'zod';

/** Ids are opaque: anything of bearable length is looked up, and unknown ones are not found. */
export const sessionIdSchema = z.string().min(1).max(128);

/** Chosen by the client to make a command repeatable. */
export const commandIdSchema = z
  .string()
  .regex(/^[\w.:-]{1,128}$/, 'Use 1 to 128 letters, digits and . _ : - for a command id.');

export const hidSchema = z.string().min(1).max(64);
export const gameNameSchema = z.string().min(1).max(100);
export const seatNameSchema = z.string().min(1).max(64);

/** Far above every game's own limit, which answers in words. */
export const textSchema = z.string().max(10_000, 'Please use at most 10,000 characters.');

export const jsonSchema: z.ZodType<JsonValue> = z.json();
export const jsonObjectSchema: z.ZodType<JsonObject> = z.record(z.string().max(64), z.json());

export const sessionSchema = z.object({ sessionId: sessionIdSchema });
export const commandSchema = z.object({ sessionId: sessionIdSchema, commandId: commandIdSchema });

export const sourceSchema = z
  .string()
  .regex(/^[\w.:/-]{1,64}$/, 'Use 1 to 64 letters, digits and . _ : / - for a source.');

export const experimentSchema = z.object({ name: z.string().min(1).max(100) });

/** Rows on a page of a list, and where it begins: cursors are opaque, and come with the page before. */
export const pageShapeOf = (usualLimit: number) => ({
  limit: z.int().min(1).max(100).default(usualLimit),
  cursor: z.string().max(256).optional(),
});

export const experimentPageSchema = z.object(pageShapeOf(50)).prefault({});

export const createSchema = z.object({
  game: gameNameSchema,
  pc: hidSchema.optional(),
  npc: hidSchema.optional(),
  config: jsonObjectSchema.optional(),
  source: sourceSchema.optional(),
  commandId: commandIdSchema.optional(),
});

/** Words or a structured action; what the game does not take, it says. */
export const actSchema = z.union(
  [commandSchema.extend({ text: textSchema }), commandSchema.extend({ action: jsonSchema })],
  'Send a sessionId, a commandId, and either text (at most 10,000 characters) or an action.',
);

export const eventsSchema = z.object({
  sessionId: sessionIdSchema,
  /** Sent by tRPC itself when it subscribes again. */
  lastEventId: z.string().max(64).nullish(),
});

export const historySchema = z.object(pageShapeOf(20)).prefault({});
export const listSchema = z
  .object({ ...pageShapeOf(20), unfinishedOnly: z.boolean().default(false) })
  .prefault({});

export const transcriptSchema = z.object({
  sessionId: sessionIdSchema,
  afterSeq: z.int().min(0).default(0),
  limit: z.int().min(1).max(200).default(200),
});

export const evaluationSchema = sessionSchema.extend({ fresh: z.boolean().default(false) });

const replySchema = z.object({
  sessionId: sessionIdSchema,
  /** Opaque like every id: what is no reply's is not found. */
  eventId: z.string().min(1).max(256),
  commandId: commandIdSchema.optional(),
});
export const clearFeedbackSchema = replySchema;
export const setFeedbackSchema = replySchema.extend({
  liked: z.boolean(),
  comment: z.string().trim().max(MOST_COMMENT, `Please use at most ${MOST_COMMENT} characters.`).default(''),
  doesntMakeSense: z.boolean().default(false),
  outOfCharacter: z.boolean().default(false),
  other: z.boolean().default(false),
});

export const rollbackSchema = commandSchema.extend({ toSeq: z.int().min(0) });
export const branchSchema = z.object({
  sessionId: sessionIdSchema,
  atSeq: z.int().min(0).optional(),
  commandId: commandIdSchema.optional(),
});
export const takeSeatSchema = commandSchema.extend({ seat: seatNameSchema });
