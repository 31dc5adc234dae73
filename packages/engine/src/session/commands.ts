import { z } from 'zod';
import type { GameCommand } from '../game/game.ts';
import { wakeSession } from './clock.ts';
import { commit, commitRollBack, NO_COMMAND } from './commit.ts';
import { playerAction, playerMessage } from './drafts.ts';
import { conclusionOf, endAtLimit, endWith, metCondition } from './ending.ts';
import { CLOSED, failure, HELD } from './failure.ts';
import type { Failure } from './failure.ts';
import { rolledBack, seatReleased, seatTaken, sessionEnded, sessionResumed } from './lifecycle.ts';
import { readWholeLog } from './liveSession.ts';
import type { LiveSession, SessionContext } from './liveSession.ts';
import { isPlaceToGoBackTo } from './rollBack.ts';
import { seatOf } from './seat.ts';
import type { SeatName } from './seat.ts';
import type { SessionInput } from './sessionManager.ts';
import { statusOf } from './state.ts';
import { runTurn } from './turn.ts';

/*
 * What can be asked of an awake session, one function per command. Each returns a Failure when nothing was recorded,
 * else null; the reply is then found by `commandId`.
 */

export interface CommandContext extends SessionContext {
  /** Unique per player, as the log holds it. */
  readonly commandId: string;
  readonly playerId: string;
}

const NOT_HELD = failure('seat/not-held', 'You hold no seat in this session, so you cannot act in it.');

/** The seat from which the sender acts; only its holder may change a session, even by waking it. */
export function heldSeat({ live, playerId }: Pick<CommandContext, 'live' | 'playerId'>): SeatName | Failure {
  if (live.state.ended !== null) return CLOSED;
  return seatOf(live.state.seats, playerId) ?? NOT_HELD;
}

type ParsedInput = Exclude<GameCommand<unknown>, { type: 'enter' | 'resume' }> | Failure;

function parseInput(live: LiveSession, seat: SeatName, input: SessionInput): ParsedInput {
  const { game, file } = live.entry;
  if ('text' in input) {
    if (!game.takesText) return failure('input/not-text', `${file.title} takes actions, not text.`);
    if (input.text.trim() === '')
      return failure('input/empty', 'Write what your character does, then send it.');
    return { type: 'text', seat, text: input.text };
  }
  if (game.actionSchema === null) {
    return failure(
      'input/not-an-action',
      `${file.title} is played in words. Send text instead of an action.`,
    );
  }
  const parsed = game.actionSchema.safeParse(input.action);
  if (!parsed.success) return failure('input/invalid-action', z.prettifyError(parsed.error));
  return { type: 'action', seat, action: parsed.data };
}

export async function act(context: CommandContext, input: SessionInput): Promise<Failure | null> {
  const { ports, live, commandId } = context;
  const seat = heldSeat(context);
  if (typeof seat !== 'string') return seat;
  if (live.state.held !== undefined) return HELD;
  if (!live.state.opened) {
    return failure('session/not-opened', 'This session has not begun yet. Open it first, then act.');
  }
  const command = parseInput(live, seat, input);
  if ('ok' in command) return command;
  const met = metCondition(live, live.state, ports.clock.now());
  if (met === null) return runTurn(context, command, commandId);
  // Too late to be answered, yet what the player said is kept.
  const said =
    'text' in input ? playerMessage(seat, input.text) : playerAction(seat, { late: true }, 'Too late.');
  await commit(context, [said, ...endAtLimit(live, live.state, met)], {
    commandId,
    receipt: { accepted: false },
  });
  return null;
}

export async function close(context: CommandContext): Promise<Failure | null> {
  const seat = heldSeat(context);
  if (typeof seat !== 'string') return seat;
  const { live, commandId } = context;
  // Under no command, so that the end is one event: if a crash comes between, closing it again ends it.
  await commit(context, conclusionOf(live, live.state), NO_COMMAND);
  await commit(context, [sessionEnded('user_close_button')], { commandId, receipt: { accepted: true } });
  return null;
}

export async function rollBack(context: CommandContext, toSeq: number): Promise<Failure | null> {
  const { ports, live, commandId } = context;
  const seat = heldSeat(context);
  if (typeof seat !== 'string') return seat;
  if (live.state.held !== undefined) return HELD;
  const past = await readWholeLog(ports.log, live.header.sessionId);
  if (!isPlaceToGoBackTo(live.fold, past, toSeq)) {
    const message = `Event ${toSeq} does not complete a turn that still counts. Choose one that does.`;
    return failure('rollback/out-of-range', message);
  }
  if (!live.fold.game.mayRollBack(live.state.game, seat, toSeq)) {
    return failure('rollback/not-permitted', `${live.entry.file.title} does not let you go back there.`);
  }
  const cause = { commandId, receipt: { accepted: true } };
  await commitRollBack(context, { draft: rolledBack(seat, toSeq), cause, past, toSeq });
  return null;
}

export async function takeSeat(context: CommandContext, seat: SeatName): Promise<Failure | null> {
  const { live, commandId, playerId } = context;
  if (live.state.openCommandId !== null) {
    // A turn that was left open is finished first: in the log, the command that comes next is the end of it.
    if (live.state.held !== undefined) return HELD;
    await wakeSession(context);
  }
  if (live.state.ended !== null) return CLOSED;
  const holder = Object.hasOwn(live.state.seats, seat) ? live.state.seats[seat] : undefined;
  if (holder === undefined) return failure('seat/unknown', `There is no seat "${seat}" in this session.`);
  if (holder.kind !== 'open') return failure('seat/taken', 'Somebody already holds this seat.');
  if (seatOf(live.state.seats, playerId) !== null) {
    return failure('seat/taken', 'You already hold a seat in this session. Release it first.');
  }
  await commit(context, [seatTaken(seat, playerId)], { commandId, receipt: { accepted: true } });
  return null;
}

export async function releaseSeat(context: CommandContext): Promise<Failure | null> {
  const seat = heldSeat(context);
  if (typeof seat !== 'string') return seat;
  await commit(context, [seatReleased(seat)], {
    commandId: context.commandId,
    receipt: { accepted: true },
  });
  return null;
}

/** Ends the session when a limit has been reached while nobody acted. One that is held does not end by itself. */
export async function checkLimits(context: SessionContext): Promise<void> {
  const { ports, live } = context;
  const { ended, held } = live.state;
  if (ended !== null || held !== undefined || live.dormantSince !== null) return;
  const met = metCondition(live, live.state, ports.clock.now());
  if (met?.attribute === 'runtimeSeconds')
    await commit(context, endAtLimit(live, live.state, met), NO_COMMAND);
}

/**
 * Ends a session that has been left alone, whatever was still open in it. Whether it is over now: it is not when
 * something has happened since `idleSince`, nor while it is held: then it is not its players who have left it alone.
 */
export async function abandon(context: SessionContext, idleSince: number): Promise<boolean> {
  const { live } = context;
  const { state } = live;
  if (state.ended !== null) return true;
  if (state.lastAt > idleSince || state.held !== undefined) return false;
  // Nobody ran the clock meanwhile, whatever the log says last: the time since then was not played.
  const stopped = statusOf(state) === 'active' && state.started ? [sessionResumed(state.lastAt)] : [];
  await commit(context, [...stopped, ...endWith(live, state, 'abandoned')], NO_COMMAND);
  return true;
}
