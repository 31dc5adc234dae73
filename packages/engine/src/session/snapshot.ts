import { z } from 'zod';
import type { Game } from '../game/game.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { SeatHolder } from './seat.ts';
import { givenFeedbackSchema } from './feedback.ts';
import type { SessionHeader } from './session.ts';
import type { CommandReply } from './sessionManager.ts';
import type { Fold, SessionState } from './state.ts';

/*
 * A snapshot is everything that folding a log up to `seq` gives, in a form that can be kept. It is a cache of the log
 * and nothing else: thrown away at any time, it costs the reading of that log.
 */

/** The form of a snapshot. Raised with a migration for what was kept in the form before. */
const SCHEMA_VERSION = 1;

/** Raised whenever the session core folds a log to another state than before. */
const CORE_FOLD_VERSION = 2;

/** What is given to be kept. Only `sessionId` and `seq` concern those who keep it. */
export interface Snapshot {
  readonly sessionId: string;
  /** The last event that is part of it. */
  readonly seq: number;
  readonly schemaVersion: number;
  /** Which code made it of the log: another fold may make another state. */
  readonly fold: string;
  readonly core: JsonValue;
  readonly game: JsonValue;
  readonly replies: JsonValue;
}

export type SnapshotProblem =
  | 'snapshot/damaged'
  /** Made by another version of the rules or of this program. */
  | 'snapshot/outdated'
  /** Of events that the log does not have. */
  | 'snapshot/not-of-log';

/** A snapshot that must not be used, and should be thrown away. */
export class UnusableSnapshot extends Error {
  readonly reason: SnapshotProblem;

  constructor(reason: SnapshotProblem, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'UnusableSnapshot';
    this.reason = reason;
  }
}

/** Makes the form of the next version out of one version's. */
type Migration = (snapshot: JsonObject) => JsonObject;

/** The steps from older forms to the present one, by the version that they start from. */
export interface Migrations {
  readonly to: number;
  readonly from: Readonly<Record<number, Migration>>;
}

const MIGRATIONS: Migrations = { to: SCHEMA_VERSION, from: {} };

const seatHolderSchema: z.ZodType<SeatHolder> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('player'), playerId: z.string() }),
  z.strictObject({ kind: z.literal('model') }),
  z.strictObject({ kind: z.literal('open') }),
]);

const coreSchema: z.ZodType<Omit<SessionState, 'game'>> = z.strictObject({
  lastSeq: z.int().min(1),
  lastAt: z.number(),
  seats: z.record(z.string(), seatHolderSchema),
  playerIds: z.array(z.string()),
  started: z.boolean(),
  playedMs: z.number().min(0),
  runningSince: z.number().nullable(),
  ended: z.strictObject({ at: z.number(), reason: z.string() }).nullable(),
  openCommandId: z.string().nullable(),
  opened: z.boolean(),
  lastGameSeq: z.int().min(0),
  feedback: z.array(givenFeedbackSchema).exactOptional(),
  held: z.strictObject({ since: z.number(), reason: z.string() }).exactOptional(),
});

/** One command's reply, as short as can be, since a long session has thousands: id, seq, turns, accepted, exit reason. */
const replySchema = z.tuple([z.string(), z.int(), z.int(), z.boolean(), z.string().nullable()]);

const versionedSchema = z.object({ schemaVersion: z.int().min(1) }).catchall(z.json());

const snapshotSchema = z.strictObject({
  sessionId: z.string(),
  seq: z.int().min(1),
  schemaVersion: z.literal(SCHEMA_VERSION),
  fold: z.string(),
  core: coreSchema,
  game: z.json(),
  replies: z.array(replySchema),
});

/** What a snapshot is made of, and made into again. */
export interface Folded {
  readonly state: SessionState;
  readonly replies: ReadonlyMap<string, CommandReply>;
}

/** Which session is folded, and how. */
export interface SessionFold {
  readonly header: SessionHeader;
  readonly fold: Fold;
}

function foldOf(game: Game, version: number): string {
  return `${game.name}@${version}/core@${CORE_FOLD_VERSION}`;
}

function keptReply([commandId, reply]: readonly [string, CommandReply]): JsonValue {
  return [commandId, reply.lastSeq, reply.turns, reply.accepted, reply.exitReason];
}

function thawedReply(kept: z.infer<typeof replySchema>): readonly [string, CommandReply] {
  const [commandId, lastSeq, turns, accepted, exitReason] = kept;
  return [commandId, { ok: true, accepted, turns, exited: exitReason !== null, exitReason, lastSeq }];
}

/** The snapshot of a session; `null` when its game does not freeze, and once it is over: nobody will play it on. */
export function takeSnapshot(
  { header, fold: { game } }: SessionFold,
  { state, replies }: Folded,
): Snapshot | null {
  if (game.freezing === undefined || state.ended !== null) return null;
  const { game: gameState, feedback, held, ...core } = state;
  return {
    sessionId: header.sessionId,
    seq: state.lastSeq,
    schemaVersion: SCHEMA_VERSION,
    fold: foldOf(game, game.freezing.version),
    core: {
      ...core,
      playerIds: [...core.playerIds],
      ...(feedback === undefined ? {} : { feedback: feedback.map((one) => ({ ...one })) }),
      ...(held === undefined ? {} : { held: { ...held } }),
    },
    game: game.freezing.freeze(gameState),
    replies: [...replies].map(keptReply),
  };
}

/** The same snapshot in the present form. Throws UnusableSnapshot. */
export function migrateSnapshot(kept: unknown, { to, from }: Migrations): JsonObject {
  const parsed = versionedSchema.safeParse(kept);
  if (!parsed.success) {
    throw new UnusableSnapshot('snapshot/damaged', 'It is no snapshot.', { cause: parsed.error });
  }
  const { schemaVersion } = parsed.data;
  if (schemaVersion > to) throw outdated(`Version ${schemaVersion} was made by a later program.`);
  let snapshot: JsonObject = parsed.data;
  for (let version = schemaVersion; version < to; version += 1) {
    const migrate = from[version];
    if (migrate === undefined) throw outdated(`Nothing leads on from version ${version}.`);
    snapshot = { ...migrate(snapshot), schemaVersion: version + 1 };
  }
  return snapshot;
}

function outdated(message: string): UnusableSnapshot {
  return new UnusableSnapshot('snapshot/outdated', message);
}

/** The state that was kept. Throws UnusableSnapshot. */
export function thawSnapshot(kept: unknown, { header, fold }: SessionFold): Folded {
  const parsed = snapshotSchema.safeParse(migrateSnapshot(kept, MIGRATIONS));
  if (!parsed.success) {
    throw new UnusableSnapshot('snapshot/damaged', 'It has another form.', { cause: parsed.error });
  }
  const { sessionId, seq, core, replies } = parsed.data;
  if (sessionId !== header.sessionId || seq !== core.lastSeq) {
    throw new UnusableSnapshot('snapshot/damaged', 'It belongs somewhere else.');
  }
  const { freezing } = fold.game;
  if (freezing === undefined || parsed.data.fold !== foldOf(fold.game, freezing.version)) {
    throw outdated(`It was folded by ${parsed.data.fold}.`);
  }
  try {
    const game = freezing.thaw(parsed.data.game, fold.start.game);
    return { state: { ...core, game }, replies: new Map(replies.map(thawedReply)) };
  } catch (cause) {
    throw new UnusableSnapshot('snapshot/damaged', 'The game cannot read its state.', { cause });
  }
}
