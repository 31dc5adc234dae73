import type { Outcome } from '../game/game.ts';
import type { GameFile } from '../game/gameFile.schema.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { ModelChoice } from '../models/modelChoice.ts';
import type { CurrentCharacter, Persisted } from '../ports.ts';
import type { Recovery } from './clock.ts';
import type { SessionEvent } from './event.ts';
import type { EvaluateSession } from './evaluation.ts';
import type { Failure } from './failure.ts';
import type { GivenFeedback } from './feedback.ts';
import type { FeedbackOnReply } from './giveFeedback.ts';
import type { GameView } from './frame.ts';
import type { SeatName, Seats, Viewer } from './seat.ts';
import type { SessionHeader, SessionRecord, SessionStatus, SessionSummary } from './session.ts';
import type { SessionState } from './state.ts';
import type { Hold } from './steeringEvents.ts';

/** A game's file and the characters that may be cast, as they were at some time. */
export interface PinnedSetting {
  readonly file: GameFile;
  readonly characters: readonly CurrentCharacter[];
}

export interface CreateSession {
  /** Name or title of a game. */
  readonly game: string;
  readonly ownerId: string;
  readonly commandId: string;
  readonly source: string;
  /** The experiment that the session is a part of. */
  readonly experimentId?: string;
  /** Models that the experiment wants asked, before those that the game names. */
  readonly models?: ModelChoice;
  /** What the experiment goes by, instead of the file and the characters that there are now. */
  readonly pinned?: PinnedSetting;
  /** Overrides of the game's configuration, within its ranges. */
  readonly config?: JsonObject;
  /** Character hids by seat; a seat that is left out is cast by chance. */
  readonly characters?: Readonly<Record<SeatName, string>>;
}

export interface BranchSession {
  /** The session to branch from. */
  readonly sessionId: string;
  /** Who asks for the branch, and will own it. */
  readonly playerId: string;
  readonly commandId: string;
  /** The last event that the branch shares with its parent; left out, the last one from which there is a way on. */
  readonly atSeq?: number;
}

export interface GoOnFromSession {
  /** The session that broke off. */
  readonly sessionId: string;
  /** Who goes on, and will own the session. */
  readonly playerId: string;
  readonly commandId: string;
  readonly source: string;
  /** The version of the game by which the experiment goes, instead of that which there is now. */
  readonly gameVersion?: string;
}

export type SessionInput = { readonly text: string } | { readonly action: JsonValue };

export interface SessionCommand {
  readonly sessionId: string;
  /** The player who sends it. */
  readonly playerId: string;
  /** Chosen by the client, unique in the session. The same id has one effect and one reply, however often it is sent. */
  readonly commandId: string;
}

/** The reply to a command: the same for every repetition. */
export interface CommandReply {
  readonly ok: true;
  readonly accepted: boolean;
  readonly turns: number;
  readonly exited: boolean;
  readonly exitReason: string | null;
  readonly lastSeq: number;
}

export type CommandOutcome = CommandReply | Failure;

/** The present of a session, for status pages and the first frame of a stream. */
export interface SessionPresent {
  readonly header: SessionHeader;
  readonly status: SessionStatus;
  readonly seats: Seats;
  readonly opened: boolean;
  readonly turns: number;
  readonly lastSeq: number;
  readonly exited: boolean;
  readonly exitReason: string | null;
  /** Epoch ms, or `null` while it goes on. */
  readonly endedAt: number | null;
  /** Time played so far, pauses excluded, at `measuredAt` (epoch ms); it runs on while `status` is `active`. */
  readonly runtimeMs: number;
  readonly measuredAt: number;
  readonly maxTurns: number | null;
  readonly maxRuntimeSeconds: number | null;
  /** What players think of the replies; who may know of it, `feedbackFor` says. */
  readonly feedback: readonly GivenFeedback[];
  /** Set while those who run the session have stopped it; `status` is `paused` then. */
  readonly held: Hold | null;
  view(viewer: Viewer): GameView;
}

/** A session as its log folds to it, for those who prove or count. */
export interface FoldedSession {
  readonly header: SessionHeader;
  readonly state: SessionState;
  readonly summary: SessionSummary;
  readonly outcome: Outcome | null;
}

/**
 * Drives the sessions of one node. Everything asked of one session runs in order; sessions run side by side.
 * Every method may be repeated. A rejection (not a Failure) is a fault of the store: nothing was shown to anyone,
 * and the same call with the same commandId may be sent again.
 */
export interface SessionManager {
  create(request: CreateSession): Promise<{ readonly ok: true; readonly record: SessionRecord } | Failure>;
  /** A new session that goes on from a place in another. It has its own log, which begins with a copy, and is paused. */
  branch(request: BranchSession): Promise<{ readonly ok: true; readonly record: SessionRecord } | Failure>;
  /**
   * A branch that takes the place of a session that broke off, in the same experiment, from the last place from which there
   * is a way on. `branch/no-way-on` for a session that never opened, that was over by the rules of its game or at one of its
   * limits, whose game has another version by now, or that is part of no experiment; `branch/not-over` for one that is still
   * played. With a `commandId` that has created a session already, that one, branch or not.
   */
  goOn(request: GoOnFromSession): Promise<{ readonly ok: true; readonly record: SessionRecord } | Failure>;
  /** Starts the opening turn, once. */
  open(sessionId: string): Promise<CommandOutcome>;
  act(command: SessionCommand & { readonly input: SessionInput }): Promise<CommandOutcome>;
  close(command: SessionCommand): Promise<CommandOutcome>;
  rollBack(command: SessionCommand & { readonly toSeq: number }): Promise<CommandOutcome>;
  takeSeat(command: SessionCommand & { readonly seat: SeatName }): Promise<CommandOutcome>;
  releaseSeat(command: SessionCommand): Promise<CommandOutcome>;
  /** What the player thinks of a reply, in the place of what the same player thought before. Also when the session is over. */
  giveFeedback(command: SessionCommand & FeedbackOnReply): Promise<CommandOutcome>;
  /**
   * Has a session that is over evaluated, once by each judge: `lastSeq` is of the event that records it. Who may ask, and
   * whether the log has an answer already, is for the caller to see to.
   */
  evaluate(request: EvaluateSession): Promise<CommandOutcome>;
  /**
   * Stops the clock of an active session; without effect on any other. A turn in flight is given up and stays open, as
   * after a crash: its command fails with `session/interrupted`, and the next `resume` finishes it.
   */
  pause(sessionId: string): Promise<void>;
  /** Starts the clock of a paused session again, and finishes a turn that a crash left open. Without effect while it is held. */
  resume(sessionId: string): Promise<void>;
  /**
   * Stops a session until it is released, when the turn that is being played is over: its clock stands, and whoever acts is
   * refused with `session/held`. Held again, it is held for another reason. Like all that follows until `end`, it is for those who
   * run the session: they need no seat, and whether they may is for the caller to see to.
   */
  hold(command: SessionCommand & { readonly reason: string }): Promise<CommandOutcome>;
  /** Lets a session that is held go on, when somebody resumes it. */
  release(command: SessionCommand): Promise<CommandOutcome>;
  /** Says something to whoever plays the session, beside its game. */
  announce(command: SessionCommand & { readonly text: string }): Promise<CommandOutcome>;
  /** Ends the session; a turn in flight is given up. */
  end(command: SessionCommand): Promise<CommandOutcome>;
  /** Finishes a turn that a crash left open, and stops a clock that it left running. Without effect on a session that is driven. */
  recover(sessionId: string): Promise<Recovery>;
  /** Ends the session if a stopping condition holds by now. */
  checkLimits(sessionId: string): Promise<void>;
  /** Ends a session in which nothing has happened since `idleSince` (epoch ms), unless it is held. Whether it is over now. */
  abandon(sessionId: string, idleSince: number): Promise<boolean>;
  /** `null` for an unknown session. It does not stay in memory for that. */
  folded(sessionId: string): Promise<FoldedSession | null>;
  present(sessionId: string): Promise<SessionPresent | null>;
  /** The present of a session that is in memory anyway; `null` for any other. For lists, which must not load sessions. */
  presentInMemory(sessionId: string): SessionPresent | null;
  /**
   * Another process drives the session and has recorded these events; with none, it drives it and no more is known. What
   * is in memory here follows if it can, and is read again before its next use if it cannot. Loads nothing.
   */
  observe(sessionId: string, events: readonly Persisted<SessionEvent>[]): void;
  /** Drops what is in memory, recording nothing, because another process may have gone on; cancels a turn in flight. */
  forget(sessionId: string): void;
  /** Forgets sessions that nobody has used since `idleSince` (epoch ms). They stay resumable from their logs. */
  passivate(idleSince: number): Promise<number>;
  /** Waits for everything in flight and flushes summaries. No command is taken afterwards. */
  shutDown(): Promise<void>;
  readonly liveSessions: number;
}
