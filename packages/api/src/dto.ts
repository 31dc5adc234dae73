import type {
  ContentFormat,
  Direction,
  GameKind,
  JsonObject,
  JsonValue,
  Score,
  SessionStatus,
  Source,
  TurnPhase,
  VisibleKind,
} from '@dcs/engine';
import type { AlertCountsDto } from './alertDto.ts';
import type { PairWarningsDto } from './characterDto.ts';
import type { Result } from './store/ports.ts';

/*
 * What crosses the wire. Times are ISO strings. Fields are added freely and never changed:
 * programs that we do not know read them.
 */

/** An event as its reader may see it; one that it may not see keeps its place with the kind `withheld`. */
export interface EventDto {
  readonly seq: number;
  readonly eventId: string;
  readonly at: string;
  readonly turn: number;
  readonly direction: Direction;
  readonly source: Source;
  readonly kind: VisibleKind;
  /** What people read; may hold anything that a player typed, so it is never to be shown as markup unsanitised. */
  readonly content: string;
  readonly format: ContentFormat;
  /** The seat that acted or is spoken for. */
  readonly seat?: string;
  /** Name of the slash command, without the slash. */
  readonly command?: string;
  readonly data?: JsonObject;
  /** Only on what the reader's own seat sent. */
  readonly commandId?: string;
  /**
   * On a reply of a character: what the reader thinks of it; for an admin, the latest that anybody thinks. On an event of
   * the kind `feedback`: what is thought from then on of the reply `data.replySeq`; left out when nothing is any more.
   */
  readonly feedback?: FeedbackDto;
}

/** What a player thinks of a reply. Where it is liked, no flag is set. */
export interface FeedbackDto {
  readonly liked: boolean;
  readonly comment: string;
  readonly doesntMakeSense: boolean;
  readonly outOfCharacter: boolean;
  readonly other: boolean;
  readonly submittedAt: string;
}

/** The same however often the command is sent. */
export interface FeedbackReplyDto {
  readonly sessionId: string;
  readonly eventId: string;
  readonly feedback: FeedbackDto;
  /** The event that records it. */
  readonly lastSeq: number;
}

export interface FeedbackClearedDto {
  readonly sessionId: string;
  readonly eventId: string;
  readonly cleared: true;
  readonly lastSeq: number;
}

/** How a session came out. */
export interface EvaluationDto {
  /** The event that records it. */
  readonly eventId: string;
  /** Whether it was known before it was asked for. */
  readonly cached: boolean;
  /** `tier`, from 0 to 3, and `score`, from 0 to 100, agree; both are `null` where there is nothing to score. */
  readonly evaluation: Omit<Score, 'failure'> & {
    /** Why there is no score, e.g. `score/unanswered`; `null` where there is one. */
    readonly notScored: string | null;
  };
}

export interface SeatDto {
  readonly name: string;
  readonly title: string;
  readonly holder: 'you' | 'player' | 'model' | 'open';
}

/** A character in a seat, as far as everyone may know it. */
export interface CastDto {
  readonly hid: string;
  /** What to call it in a cue. */
  readonly label: string;
}

/** A character that can be chosen. */
export interface CastChoiceDto extends CastDto {
  readonly shortDescription: string;
  readonly isHuman: boolean;
}

export interface CommandDto {
  /** Without the slash. */
  readonly name: string;
  readonly description: string;
}

export interface ModelDto {
  readonly id: string;
  /** A stand-in that follows a script: nobody thinks behind it. */
  readonly scripted: boolean;
}

export interface HeldDto {
  readonly since: string;
  /** What its players are told; may be empty. */
  readonly reason: string;
}

/** The present of a session for one reader. */
export interface SessionDto {
  readonly sessionId: string;
  readonly game: string;
  readonly title: string;
  readonly status: SessionStatus;
  /** Set while those who run the session have paused it: nobody can act, and `status` is `paused`. */
  readonly held: HeldDto | null;
  readonly seats: readonly SeatDto[];
  /** `null` for somebody who only watches. */
  readonly yourSeat: string | null;
  readonly pc: CastDto | null;
  readonly npc: CastDto | null;
  /** Turns completed, the opening included. */
  readonly turns: number;
  readonly lastSeq: number;
  readonly opened: boolean;
  readonly exited: boolean;
  readonly exitReason: string | null;
  readonly maxTurns: number | null;
  readonly maxRuntimeSeconds: number | null;
  /** Time played at `measuredAt`, pauses excluded; it runs on while `status` is `active`. */
  readonly runtimeMs: number;
  readonly measuredAt: string;
  readonly createdAt: string;
  /** What the session branched off, for its owner and for admins; `null` for others and when it is no branch. */
  readonly parent: { readonly sessionId: string; readonly seq: number } | null;
  /** The name of the experiment that it is played for. */
  readonly experiment: string | null;
  readonly commands: readonly CommandDto[];
  /** Whether the session is played in words: `play.act` takes `text`. */
  readonly takesText: boolean;
  /** Whether the reader may ask for `sessions.evaluation` when it is over. */
  readonly evaluationShown: boolean;
  readonly model: ModelDto;
}

/** A row of `sessions.list`. */
export interface SessionRowDto {
  readonly sessionId: string;
  readonly game: string;
  readonly title: string;
  readonly status: SessionStatus;
  readonly pc: CastDto | null;
  readonly npc: CastDto | null;
  readonly turns: number;
  readonly lastSeq: number;
  readonly createdAt: string;
  readonly lastActiveAt: string;
  readonly endedAt: string | null;
  readonly exitReason: string | null;
}

export interface MetaFrame {
  readonly type: 'meta';
  readonly session: SessionDto;
  /** The game's picture of its state for this reader. */
  readonly view?: JsonValue;
}

export interface EventsFrame {
  readonly type: 'events';
  /** In order and without gaps; the frame's id is the `seq` of the last. */
  readonly events: readonly EventDto[];
  /** The game's picture of its state after these events, when they are the newest. */
  readonly view?: JsonValue;
}

/** The reply as far as it is written; not yet an event. */
export interface DraftFrame {
  readonly type: 'draft';
  readonly turn: number;
  readonly text: string;
}

export interface TurnFrame {
  readonly type: 'turn';
  readonly turn: number;
  readonly phase: TurnPhase;
  readonly turns: number;
  readonly exited: boolean;
  readonly exitReason?: string;
}

export interface StatusFrame {
  readonly type: 'status';
  readonly status: SessionStatus;
  /** Why it is closed; `held` where those who run it have paused it. */
  readonly reason?: string;
}

/** What `play.events` sends. The id of every frame is the last `seq` delivered: subscribe again with it to go on. */
export type SessionFrame = MetaFrame | EventsFrame | DraftFrame | TurnFrame | StatusFrame;

/** The reply to `play.act` and the like; the same however often the command is sent. */
export interface CommandReplyDto {
  /** Whether the command had the effect that its sender wanted; the events say why not. */
  readonly accepted: boolean;
  readonly turns: number;
  readonly exited: boolean;
  readonly exitReason: string | null;
  /** Everything that the command caused has a `seq` up to this. */
  readonly lastSeq: number;
}

export interface TranscriptDto {
  readonly events: readonly EventDto[];
  readonly lastSeq: number;
  /** Whether there is more after the last event here. */
  readonly hasMore: boolean;
}

export interface BranchDto {
  readonly sessionId: string;
  readonly parentSessionId: string;
  /** The last event that both share. */
  readonly atSeq: number;
}

/** A session at one point of its log, as its reader may know it. */
export interface PointDto {
  readonly view: JsonValue;
  readonly turns: number;
  readonly status: SessionStatus;
  /** Time played up to then, pauses excluded. */
  readonly runtimeMs: number;
}

/** An event and the session just after it. `view` is left out when the event changed nothing that the reader may see. */
export interface StepDto extends Omit<PointDto, 'view'> {
  readonly event: EventDto;
  readonly view?: JsonValue;
}

/** A stretch of a session's past, to be stepped through. What was rolled back is part of it. */
export interface ReconstructionDto {
  /** The session as it is now. */
  readonly session: SessionDto;
  /** Just after the event before the first step. */
  readonly start: PointDto;
  readonly steps: readonly StepDto[];
  /** Of the whole log. */
  readonly lastSeq: number;
  /** Whether there is more after the last step here. */
  readonly hasMore: boolean;
  /** Names the whole state after the last step: whoever folds the same log gets the same. See `dcs replay`. */
  readonly stateHash: string;
}

export interface SessionPageDto {
  readonly sessions: readonly SessionRowDto[];
  /**
   * Send it as `cursor` to get the next page; `null` on the last. A session that is played meanwhile moves to the front,
   * where it is found by asking for the first page again.
   */
  readonly nextCursor: string | null;
}

/** A session that is over, and how it came out. */
export interface HistoryEntryDto {
  readonly sessionId: string;
  readonly game: string;
  readonly title: string;
  readonly pc: CastDto | null;
  readonly npc: CastDto | null;
  readonly result: Result;
  /** The seat that has won, where one has. */
  readonly winner: string | null;
  readonly endReason: string;
  readonly turns: number;
  readonly startedAt: string;
  readonly endedAt: string;
  /** From creation to end. */
  readonly durationSeconds: number;
  /** Time played, pauses excluded. */
  readonly playedSeconds: number;
  /** What folding the log must come to. See `dcs replay`. */
  readonly replay: { readonly engineVersion: string; readonly lastSeq: number; readonly stateHash: string };
}

export interface HistoryPageDto {
  readonly entries: readonly HistoryEntryDto[];
  /** Send it as `cursor` to get the next page; `null` on the last. */
  readonly nextCursor: string | null;
}

/** How much is going on, in all servers that share the work. */
export interface AdminOverviewDto {
  readonly sessions: {
    /** Have not ended, whether anybody plays them or not; as far as is written down, a second late at most. */
    readonly unfinished: number;
    /** Are in a server's memory. */
    readonly live: number;
  };
  readonly nodes: number;
  /** Of experiments that have any. */
  readonly alerts: readonly AlertCountsDto[];
}

export interface GameSeatDto {
  readonly name: string;
  readonly title: string;
  readonly heldBy: 'player' | 'model';
  readonly playsCharacter: boolean;
}

export interface GameDto {
  readonly name: string;
  readonly title: string;
  readonly kind: GameKind;
  readonly version: string;
  readonly authors: readonly string[];
  readonly description: string;
  readonly seats: readonly GameSeatDto[];
  readonly commands: readonly CommandDto[];
  readonly takesText: boolean;
}

export const DENIAL_REASONS = ['no_valid_pc', 'no_valid_npc'] as const;
export type DenialReason = (typeof DENIAL_REASONS)[number];

/** What a player may choose from before a session is created. */
export interface PlaySetupDto {
  readonly game: string;
  readonly allowed: boolean;
  readonly canStart: boolean;
  readonly denialReason: DenialReason | null;
  /** What to do, in words. Empty when the player may start. */
  readonly message: string;
  readonly pcs: readonly CastChoiceDto[];
  /** Empty for players where whom they meet is kept from them. */
  readonly npcs: readonly CastChoiceDto[];
  /** Whether the player is not told whom they meet, unless they ask for somebody by handle. */
  readonly hidesNpc: boolean;
  readonly warnings: PairWarningsDto;
}

export const SERVER_MODES = ['standard', 'freePlay'] as const;
export type ServerMode = (typeof SERVER_MODES)[number];

export interface ServerConfigDto {
  readonly mode: ServerMode;
  readonly authenticationRequired: boolean;
  readonly registrationEnabled: boolean;
  readonly experimentsEnabled: boolean;
  readonly defaultExperiment: string | null;
  /** `memory`: nothing is kept when the server stops. */
  readonly storage: 'memory' | 'durable';
  readonly model: ModelDto;
}

export interface ServerStatusDto {
  readonly status: 'ok';
  readonly startedAt: string;
  readonly uptimeSeconds: number;
  /** In all servers that share the work. */
  readonly activeSessions: number;
  /** How many servers share the work, this one included. */
  readonly nodes: number;
  readonly version: string;
}
