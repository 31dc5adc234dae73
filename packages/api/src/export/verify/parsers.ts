import {
  characterSheetSchema,
  COMPARISONS,
  CONTENT_FORMATS,
  DIRECTIONS,
  EVENT_KINDS,
  modelChoiceSchema,
  SOURCES,
  STOPPING_ATTRIBUTES,
} from '@dcs/engine';
import type { CharacterSheet, ExperimentEvent, SessionEvent, SessionHeader } from '@dcs/engine';
import { z } from 'zod';
import type { WrittenRow } from '../column.ts';

/* Rows as what they were written from. */

const timeSchema = z.iso.datetime().transform((text) => Date.parse(text));
const objectSchema = z.record(z.string(), z.json());

const eventSchema = z
  .object({
    session_id: z.string(),
    seq: z.int(),
    event_id: z.string(),
    at: timeSchema,
    turn: z.int(),
    direction: z.enum(DIRECTIONS),
    source: z.enum(SOURCES),
    kind: z.enum(EVENT_KINDS),
    format: z.enum(CONTENT_FORMATS),
    seat: z.string().nullable(),
    command: z.string().nullable(),
    content: z.string(),
    data: objectSchema.nullable(),
    audience: z.array(z.string()).nullable(),
    command_id: z.string().nullable(),
    accepted: z.boolean().nullable(),
  })
  .transform(
    ({
      session_id: sessionId,
      event_id: eventId,
      command_id: commandId,
      accepted,
      ...rest
    }): SessionEvent => ({
      ...rest,
      sessionId,
      eventId,
      commandId,
      receipt: accepted === null ? null : { accepted },
    }),
  );

export const eventOf = (row: WrittenRow): SessionEvent => eventSchema.parse(row);

const seatSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('player'), playerId: z.string() }),
  z.strictObject({ kind: z.literal('model') }),
  z.strictObject({ kind: z.literal('open') }),
]);

const headerSchema = z.object({
  session_id: z.string(),
  game: z.string(),
  game_version: z.string(),
  owner: z.string(),
  source: z.string(),
  created_at: timeSchema,
  cast: z.record(z.string(), z.strictObject({ hid: z.string(), revision: z.string() })),
  seats: z.record(z.string(), seatSchema),
  config: objectSchema,
  stopping_conditions: z.array(
    z.strictObject({
      attribute: z.enum(STOPPING_ATTRIBUTES),
      comparison: z.enum(COMPARISONS),
      value: z.number(),
    }),
  ),
  models: modelChoiceSchema.nullable(),
  flags: z.array(z.int()).nullable(),
  parent_session_id: z.string().nullable(),
  parent_seq: z.int().nullable(),
});

/**
 * All of a header that events are folded from; neither the seed nor the creating command is exported. `null` for what is no
 * header.
 */
export function headerOf(row: WrittenRow): SessionHeader | null {
  const { data: parsed } = headerSchema.safeParse(row);
  if (parsed === undefined) return null;
  const { flags, parent_session_id: parentId, parent_seq: parentSeq } = parsed;
  return {
    sessionId: parsed.session_id,
    game: parsed.game,
    gameVersion: parsed.game_version,
    ownerId: parsed.owner,
    source: parsed.source,
    seed: '',
    config: parsed.config,
    ...(parsed.models === null ? {} : { models: parsed.models }),
    stoppingConditions: parsed.stopping_conditions,
    cast: parsed.cast,
    seats: parsed.seats,
    createdAt: parsed.created_at,
    parent: parentId === null || parentSeq === null ? null : { sessionId: parentId, seq: parentSeq },
    ...(flags === null ? {} : { flags }),
    commandId: '',
  };
}

const sheetSchema = z.object({ hid: z.string(), revision: z.string(), sheet: characterSheetSchema });

export interface KeptSheet {
  readonly hid: string;
  readonly revision: string;
  readonly sheet: CharacterSheet;
}

/** `null` for a sheet that this version cannot read. */
export const characterOf = (row: WrittenRow): KeptSheet | null => sheetSchema.safeParse(row).data ?? null;

const logRowSchema = z.object({ seq: z.int(), at: timeSchema, type: z.string(), data: objectSchema });

/** What is wrong with the inside of an event shows in what it folds to. */
const experimentEventSchema = z.custom<ExperimentEvent>((value) => typeof value === 'object');

export function experimentEventOf(experiment: string, row: WrittenRow): ExperimentEvent {
  const { data, ...place } = logRowSchema.parse(row);
  return experimentEventSchema.parse({ ...data, ...place, experiment });
}
