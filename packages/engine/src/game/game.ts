import type { z } from 'zod';
import type { CharacterSheet } from '../characters/character.schema.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { RandomStream } from '../random.ts';
import type { EventDraft, SessionEvent } from '../session/event.ts';
import type { Flags } from '../session/flags.ts';
import type { GameView } from '../session/frame.ts';
import type { Ask, AskGroup } from './ask.ts';
import type { Evaluating } from './evaluating.ts';
import type { SeatName, Viewer } from '../session/seat.ts';

export const GAME_KINDS = ['language', 'rules'] as const;
export type GameKind = (typeof GAME_KINDS)[number];

/** A place in a game. */
export interface SeatSpec {
  readonly name: SeatName;
  readonly title: string;
  /** Who takes the seat when a session is created. */
  readonly heldBy: 'player' | 'model';
  /** Whether whoever sits here plays a character sheet. */
  readonly playsCharacter: boolean;
}

/** What a game's first state is made of. */
export interface GameSetup<Config> {
  readonly config: Config;
  readonly characters: Readonly<Record<SeatName, CharacterSheet>>;
}

/** What a seat wants. `enter` opens the session once; `resume` finishes a turn that a crash left open. */
export type GameCommand<Action> =
  | { readonly type: 'enter' }
  | { readonly type: 'text'; readonly seat: SeatName; readonly text: string }
  | { readonly type: 'action'; readonly seat: SeatName; readonly action: Action }
  | { readonly type: 'resume' };

/** The only door to the world that a decision has. Whatever comes through it must become an event. */
export interface DecisionTools {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A stream that depends on the session's seed, this name and the place in the log: the same after a crash. */
  readonly random: (name: string) => RandomStream;
  readonly ask: Ask;
  /** A group of its own for questions that may have to be given up before the turn is. */
  readonly group: () => AskGroup;
  /** Tells those who watch what the engine is busy with. */
  readonly phase: (phase: 'checking' | 'writing') => void;
  /** Shows text that is still being written; it is replaced by the event. */
  readonly draft: (textSoFar: string) => void;
}

/** How a decision ends: by the events that complete the command, or by refusing it without a trace. */
export type Decision =
  | { readonly ok: true; readonly accepted: boolean; readonly events: readonly [EventDraft, ...EventDraft[]] }
  | { readonly ok: false; readonly reason: string; readonly message: string };

/**
 * Each yielded batch is durable before the generator goes on, and it goes on with the state after the batch.
 * So a player's action is yielded before a model is asked. The returned events complete the command.
 */
export type Decide<State> = AsyncGenerator<readonly EventDraft[], Decision, State>;

export interface Progress {
  /** Turns completed, the opening included. */
  readonly turns: number;
  /** Why the game is over, in words (see termination.ts), or `null` while it goes on. */
  readonly finished: string | null;
}

/** Who has won a finished game; `lost` when nobody has, though somebody could have. */
export type Outcome =
  { readonly kind: 'won'; readonly seat: SeatName } | { readonly kind: 'draw' } | { readonly kind: 'lost' };

/** How a game keeps its state in a snapshot. */
export interface StateFreezing<State> {
  /** Raised whenever `evolve` or the frozen form changes: what was frozen before is then thrown away. */
  readonly version: number;
  /** What has changed since `init`, or may have. Large things that stay, such as character sheets, are left out. */
  freeze(state: State): JsonValue;
  /** The state that was frozen; `start` is what `init` makes. Throws when `frozen` has another form. */
  thaw(frozen: JsonValue, start: State): State;
}

/** A slash command, for help texts and completion. */
export interface CommandSpec {
  /** Without the slash. */
  readonly name: string;
  readonly description: string;
}

/**
 * The rules of a game: a value of pure functions. `fold(evolve, events) == state` always; whatever is random, timed or
 * said by a model enters as an event. Written with method syntax on purpose: the registry holds games of all state types
 * side by side, and hands each only what that game itself produced or parsed.
 */
export interface Game<Config = unknown, State = unknown, Action = unknown> {
  /** kebab-case id. */
  readonly name: string;
  readonly kind: GameKind;
  readonly seats: readonly SeatSpec[];
  readonly configSchema: z.ZodType<Config>;
  /** Structured actions; `null` for a game that is played in text alone. */
  readonly actionSchema: z.ZodType<Action> | null;
  /** Whether the game is played in text: `play.act` takes `text`. */
  readonly takesText: boolean;
  readonly commands: readonly CommandSpec[];
  init(setup: GameSetup<Config>): State;
  decide(state: State, command: GameCommand<Action>, tools: DecisionTools): Decide<State>;
  /** A change of what it makes of an event needs a flag (session/flags.ts), and holds only where that is set. */
  evolve(state: State, event: SessionEvent, flags: Flags): State;
  progress(state: State): Progress;
  /** `null` while it goes on. Left out by a game that nobody wins. */
  outcome?(state: State): Outcome | null;
  /**
   * What is recorded just before the session ends, however it ends: by the game itself, at a limit, closed or abandoned.
   * No model can be asked any more. Left out, nothing.
   */
  conclude?(state: State): readonly EventDraft[];
  /** Left out, sessions of the game cannot be evaluated. */
  readonly evaluating?: Evaluating<State>;
  /** Left out, sessions of the game are always folded from their whole logs. */
  readonly freezing?: StateFreezing<State>;
  /**
   * Whether the others are not told who plays at a seat, in sessions with this configuration. Left out, everyone is told.
   * `config` is what a session's header keeps, or what a game file says.
   */
  hidesCharacter?(config: JsonObject, seat: SeatName): boolean;
  /**
   * Which of the settings a player asks for are not a player's to choose: they would open what the game keeps from its
   * players, as `file`, the configuration of the game file, says. Left out, all settings are.
   */
  reservedSettings?(wanted: JsonObject, file: JsonObject): readonly string[];
  /** What a viewer may know of the state; never more. */
  view(state: State, viewer: Viewer): GameView;
  /** Whether a seat may take the session back to just after `toSeq`. */
  mayRollBack(state: State, seat: SeatName, toSeq: number): boolean;
}
