import { z } from 'zod';
import { characterSheetSchema } from '../characters/character.schema.ts';
import { modelChoiceSchema } from '../models/modelChoice.ts';
import { CONTENT_FORMATS, DIRECTIONS, EVENT_KINDS, SOURCES } from '../session/event.ts';
import type { SessionEvent } from '../session/event.ts';
import type { SeatHolder } from '../session/seat.ts';
import type { SessionHeader } from '../session/session.ts';
import { COMPARISONS, STOPPING_ATTRIBUTES } from '../session/stoppingConditions.ts';

/*
 * The file format of recordings: a session, everything that it is folded from, and what it folded to when it was recorded.
 * It says nothing of how the code keeps a state: what a step made is a list of values by their places in the picture of
 * the session (picture.ts).
 */

const id = z.string().min(1).max(256);
const name = z.string().min(1).max(120);
const text = z.string().max(100_000);
const json = z.record(z.string().max(120), z.json());
const epochMs = z.int().min(0);

const seatHolderSchema: z.ZodType<SeatHolder> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('player'), playerId: id }),
  z.strictObject({ kind: z.literal('model') }),
  z.strictObject({ kind: z.literal('open') }),
]);

const headerSchema: z.ZodType<SessionHeader> = z.strictObject({
  sessionId: id,
  game: name,
  gameVersion: name,
  ownerId: id,
  source: name,
  experimentId: id.exactOptional(),
  seed: id,
  config: json,
  models: modelChoiceSchema.exactOptional(),
  stoppingConditions: z
    .array(
      z.strictObject({
        attribute: z.enum(STOPPING_ATTRIBUTES),
        comparison: z.enum(COMPARISONS),
        value: z.number(),
      }),
    )
    .max(100),
  cast: z.record(name, z.strictObject({ hid: name, revision: id })),
  seats: z.record(name, seatHolderSchema),
  createdAt: epochMs,
  parent: z.strictObject({ sessionId: id, seq: z.int().min(0) }).nullable(),
  flags: z.array(z.int().min(1)).max(1000).exactOptional(),
  commandId: id,
});

const eventSchema: z.ZodType<SessionEvent> = z.strictObject({
  sessionId: id,
  seq: z.int().min(1),
  eventId: id,
  at: epochMs,
  turn: z.int().min(1),
  direction: z.enum(DIRECTIONS),
  source: z.enum(SOURCES),
  kind: z.enum(EVENT_KINDS),
  format: z.enum(CONTENT_FORMATS),
  content: text,
  seat: name.nullable(),
  command: name.nullable(),
  data: json.nullable(),
  audience: z.array(name).max(100).nullable(),
  commandId: id.nullable(),
  receipt: z.strictObject({ accepted: z.boolean() }).nullable(),
});

/** A single value of a picture. Lists and objects are given by what is in them; only empty ones stand for themselves. */
const valueSchema = z.union([text, z.number(), z.boolean(), z.null(), z.tuple([]), z.strictObject({})]);

/** From one picture of the session to the next. */
const changeSchema = z.strictObject({
  /** New and changed values by their JSON pointers. */
  set: z.record(z.string().max(1000), valueSchema),
  /** The pointers of those that are gone. */
  gone: z.array(z.string().max(1000)).max(10_000),
});

export const recordingSchema = z.strictObject({
  recordingVersion: z.literal(1),
  /** The same as the name of the file. */
  name: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words with hyphens')
    .max(80),
  /** What it shows, for people. */
  about: z.string().min(1).max(500),
  /** The version of DCS that recorded it. */
  engineVersion: name,
  header: headerSchema,
  /** By seat, as they were when the session was played. */
  sheets: z.record(name, characterSheetSchema),
  /** Before the first event. */
  start: changeSchema,
  /** The whole log, in order. */
  steps: z.array(z.strictObject({ event: eventSchema, change: changeSchema })).max(100_000),
});

export type PictureValue = z.infer<typeof valueSchema>;
export type PictureChange = z.infer<typeof changeSchema>;

/** A session, what it is folded from, and what it folded to. */
export type Recording = z.infer<typeof recordingSchema>;
