import type { Game } from '../game/game.ts';
import { isOfGame, isSteering } from './event.ts';
import type { SessionEvent } from './event.ts';
import { foldFeedback } from './feedback.ts';
import type { GivenFeedback } from './feedback.ts';
import type { Flags } from './flags.ts';
import type { Seats } from './seat.ts';
import type { SessionHeader, SessionSummary } from './session.ts';
import { evolveClock, UNPLAYED } from './sessionClock.ts';
import type { SessionClock } from './sessionClock.ts';
import { foldHold } from './steeringEvents.ts';
import type { Hold } from './steeringEvents.ts';

/** Everything a session is at one point of its log. Made only by folding events; `game` belongs to the game alone. */
export interface SessionState extends SessionClock {
  readonly lastSeq: number;
  /** Epoch ms of the last event; creation time before the first. */
  readonly lastAt: number;
  readonly seats: Seats;
  /** Everyone who ever held a seat, in order of arrival. */
  readonly playerIds: readonly string[];
  readonly started: boolean;
  readonly ended: { readonly at: number; readonly reason: string } | null;
  /** The command whose events are not yet complete: set between a player's action and the answer to it. */
  readonly openCommandId: string | null;
  /** Whether the opening turn is complete. */
  readonly opened: boolean;
  /** The last event of the game itself; random streams are named by it, so that lifecycle events cannot shift them. */
  readonly lastGameSeq: number;
  /** On replies that count, one of each player, the latest last. Left out while there is none: the state is as if it had never been. */
  readonly feedback?: readonly GivenFeedback[];
  /** Set while those who run the session have stopped it, left out otherwise. Its clock stands then. */
  readonly held?: Hold;
  readonly game: unknown;
}

/** The engine's own command that opens a session; a failed opening is tried again under the same name. */
export const OPENING = 'open';

/** How the log of one session is read. */
export interface Reading {
  readonly game: Game;
  readonly flags: Flags;
}

/** A reading with the first state that it makes of a session's header. */
export interface Fold extends Reading {
  readonly start: SessionState;
}

export function initialState(header: SessionHeader, gameState: unknown): SessionState {
  return {
    lastSeq: 0,
    lastAt: header.createdAt,
    seats: header.seats,
    playerIds: playersOf(header.seats, [header.ownerId]),
    started: false,
    ...UNPLAYED,
    ended: null,
    openCommandId: null,
    opened: false,
    lastGameSeq: 0,
    game: gameState,
  };
}

function playersOf(seats: Seats, before: readonly string[]): readonly string[] {
  const seated = Object.values(seats).flatMap((holder) =>
    holder.kind === 'player' ? [holder.playerId] : [],
  );
  const added = seated.filter((playerId) => !before.includes(playerId));
  return added.length === 0 ? before : [...before, ...added];
}

function stringIn(event: SessionEvent, key: string): string {
  const value = event.data?.[key];
  return typeof value === 'string' ? value : '';
}

function numberIn(event: SessionEvent, key: string): number | null {
  const value = event.data?.[key];
  return typeof value === 'number' ? value : null;
}

function seatState(state: SessionState, event: SessionEvent, holder: Seats[string]): Partial<SessionState> {
  if (event.seat === null) return {};
  const seats = { ...state.seats, [event.seat]: holder };
  return { seats, playerIds: playersOf(seats, state.playerIds) };
}

/** Other people's seats are open in a branch, and other people do not find it in their lists. */
function seatsOfBranch(
  { seats }: SessionState,
  event: SessionEvent,
): Pick<SessionState, 'seats' | 'playerIds'> {
  const playerId = stringIn(event, 'playerId');
  const holders = Object.entries(seats).map(([name, holder]): [string, Seats[string]] => {
    if (name === event.seat) return [name, { kind: 'player', playerId }];
    return [name, holder.kind === 'model' ? holder : { kind: 'open' }];
  });
  return { seats: Object.fromEntries(holders), playerIds: [playerId] };
}

/** What a lifecycle event changes beside the clock. A roll-back changes the game's state, which only the log can give: see `rewind`. */
function evolveLifecycle(state: SessionState, event: SessionEvent): Partial<SessionState> {
  switch (event.kind) {
    case 'session_start':
      return { started: true };
    case 'session_end':
      return { ended: { at: event.at, reason: stringIn(event, 'reason') } };
    case 'seat_taken':
      return seatState(state, event, { kind: 'player', playerId: stringIn(event, 'playerId') });
    case 'seat_released':
      return seatState(state, event, { kind: 'open' });
    case 'branched':
      return seatsOfBranch(state, event);
    default:
      return {};
  }
}

function evolveFeedback({ feedback = [], ...state }: SessionState, event: SessionEvent): SessionState {
  const after = foldFeedback(feedback, event);
  return after.length === 0 ? state : { ...state, feedback: after };
}

/** Players notice it of the clock alone: a command that is under way stays as it is. */
function evolveSteering({ held, ...state }: SessionState, event: SessionEvent): SessionState {
  const after = foldHold(held, event);
  return {
    ...state,
    ...evolveClock(state, state.lastAt, event),
    ...(after === undefined ? {} : { held: after }),
  };
}

/** Whom a session is kept from is of no account when it is over, nor in what branches off it. */
function withoutHold({ held: _held, ...state }: SessionState): SessionState {
  return state;
}

/** The state after one more event. Pure; what a roll-back makes of the game is folded by `stepsOf`. */
export function evolveSession(
  { game, flags }: Reading,
  state: SessionState,
  event: SessionEvent,
): SessionState {
  const place = { lastSeq: event.seq, lastAt: event.at };
  // What is thought of a reply touches nothing else: not the game, nor the clock, nor a turn that is under way.
  if (event.kind === 'feedback') return evolveFeedback({ ...state, ...place }, event);
  // The log keeps it, for those who ask; the session is over, and stays what it was.
  if (event.kind === 'evaluation') return { ...state, ...place };
  if (isSteering(event)) return evolveSteering({ ...state, ...place }, event);
  const change = isOfGame(event)
    ? { game: game.evolve(state.game, event, flags), lastGameSeq: event.seq }
    : { ...evolveClock(state, state.lastAt, event), ...evolveLifecycle(state, event) };
  const openCommandId =
    event.commandId === null ? state.openCommandId : event.receipt === null ? event.commandId : null;
  const opened = state.opened || (event.commandId === OPENING && event.receipt?.accepted === true);
  const next = { ...state, ...change, ...place, openCommandId, opened };
  if (event.kind === 'session_end' || event.kind === 'branched') return withoutHold(next);
  return event.kind === 'rolled_back' ? evolveFeedback(next, event) : next;
}

/** An event with the state just after it. */
export interface Step {
  readonly event: SessionEvent;
  readonly state: SessionState;
}

/** A fold under way. It keeps the game's past, so that a roll-back costs no second fold of the log. */
export interface FoldUnderWay {
  /** The state after one more event, in the order of the log. */
  take(event: SessionEvent): SessionState;
  /** Forgets what the game was after `toSeq`, and says what it was just after it. */
  rewind(toSeq: number): unknown;
}

/** `fold.start` must be the state before the first event of the session: a roll-back may go back as far. */
export function startFold(fold: Fold): FoldUnderWay {
  const { start } = fold;
  // Only what still counts: a roll-back takes off the end of it what it undoes.
  const past: { readonly seq: number; readonly game: unknown }[] = [];
  let state = start;

  function rewind(toSeq: number): unknown {
    while (past.length > 0 && (past.at(-1)?.seq ?? 0) > toSeq) past.pop();
    return past.length === 0 ? start.game : past.at(-1)?.game;
  }

  function take(event: SessionEvent): SessionState {
    const toSeq = event.kind === 'rolled_back' ? numberIn(event, 'toSeq') : null;
    state = evolveSession(fold, state, event);
    if (toSeq !== null) state = { ...state, game: rewind(toSeq) };
    if (isOfGame(event)) past.push({ seq: event.seq, game: state.game });
    return state;
  }

  return { take, rewind };
}

/** The game's state as it was just after `toSeq`. `past` is the whole log so far. */
export function rewind(fold: Fold, past: readonly SessionEvent[], toSeq: number): unknown {
  const underWay = startFold(fold);
  for (const event of past) underWay.take(event);
  return underWay.rewind(toSeq);
}

/** Every event of a log, from its first, with the state after it. Each is folded once, roll-backs included. */
export function* stepsOf(fold: Fold, events: Iterable<SessionEvent>): Generator<Step, void> {
  const underWay = startFold(fold);
  for (const event of events) yield { event, state: underWay.take(event) };
}

/** The state that a whole log makes. `onEvent` sees every event with the state after it. */
export function foldEvents(
  fold: Fold,
  events: Iterable<SessionEvent>,
  onEvent?: (event: SessionEvent, after: SessionState) => void,
): SessionState {
  let last = fold.start;
  for (const { event, state } of stepsOf(fold, events)) {
    last = state;
    onEvent?.(event, state);
  }
  return last;
}

/** Time played by `now`, pauses excluded. */
export function runtimeMs(state: SessionState, now: number): number {
  return state.playedMs + (state.runningSince === null ? 0 : Math.max(0, now - state.runningSince));
}

export function statusOf(state: SessionState): SessionSummary['status'] {
  if (state.ended !== null) return 'closed';
  if (state.held !== undefined) return 'paused';
  return state.started && state.runningSince === null ? 'paused' : 'active';
}

export function summarise(game: Game, state: SessionState): SessionSummary {
  return {
    status: statusOf(state),
    turns: game.progress(state.game).turns,
    lastSeq: state.lastSeq,
    lastActiveAt: state.lastAt,
    playerIds: state.playerIds,
    endedAt: state.ended?.at ?? null,
    terminationReason: state.ended?.reason ?? null,
    ...(state.held === undefined ? {} : { held: true }),
  };
}
