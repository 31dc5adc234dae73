import { commit, NO_COMMAND } from './commit.ts';
import { sessionPaused, sessionResumed, sessionStarted } from './lifecycle.ts';
import type { SessionContext } from './liveSession.ts';
import { OPENING, statusOf } from './state.ts';
import { runTurn } from './turn.ts';
import { CLOSED, HELD } from './failure.ts';
import type { Failure } from './failure.ts';

/* Starting and stopping a session's clock, and picking up what a crash left behind. */

/** Stops the clock of a running session. */
export async function pauseSession(context: SessionContext): Promise<void> {
  const { live } = context;
  const running = live.state.started && statusOf(live.state) === 'active';
  // A dormant session's clock stands already: waking it will say since when.
  if (!running || live.dormantSince !== null) return;
  await commit(context, [sessionPaused()], NO_COMMAND);
}

/**
 * Makes a started session ready to go on: its clock runs, and no turn is open. A session that was found running in
 * its log, though nobody ran it, is credited the time since its last event. One that is held stays as it is, a turn that
 * was left open included.
 */
export async function wakeSession(context: SessionContext): Promise<void> {
  const { live } = context;
  const { started, ended, held } = live.state;
  if (!started || ended !== null || held !== undefined) return;
  const paused = statusOf(live.state) === 'paused';
  if (paused || live.dormantSince !== null) {
    await commit(context, [sessionResumed(paused ? null : live.dormantSince)], NO_COMMAND);
  }
  live.dormantSince = null;
  const commandId = live.state.openCommandId;
  if (commandId !== null) await runTurn(context, { type: 'resume' }, commandId);
}

/** What recovering a session came to: it was in the middle of a turn, was merely running, or needed nothing. */
export type Recovery = 'finished' | 'paused' | 'nothing';

/** Leaves a session standing still between two turns that was left running, perhaps in the middle of one, by a crash. */
export async function recoverSession(context: SessionContext): Promise<Recovery> {
  const { live } = context;
  const { started, ended, held, opened, openCommandId } = live.state;
  // One that is awake is being driven; one that is held stands still.
  if (!started || ended !== null || held !== undefined || live.dormantSince === null) return 'nothing';
  const isRunning = statusOf(live.state) === 'active';
  const isInTurn = openCommandId !== null || (isRunning && !opened);
  if (!isRunning && !isInTurn) return 'nothing';
  await wakeSession(context);
  await openSession(context);
  await pauseSession(context);
  return isInTurn ? 'finished' : 'paused';
}

/** The opening turn, until it has succeeded once. */
export async function openSession(context: SessionContext): Promise<Failure | null> {
  const { live } = context;
  if (live.state.opened) return null;
  if (live.state.ended !== null) return CLOSED;
  if (live.state.held !== undefined) return HELD;
  live.dormantSince = null;
  if (!live.state.started) await commit(context, [sessionStarted(live.header.game)], NO_COMMAND);
  return runTurn(context, { type: 'enter' }, OPENING);
}

/**
 * The clock of a session that a crash left running stands since the event that is last in its log. When there is a later
 * one, nobody could tell any more since when: so it is said first.
 */
export async function stopClockLeftRunning(context: SessionContext): Promise<void> {
  const { state, dormantSince } = context.live;
  if (dormantSince === null || !state.started || statusOf(state) !== 'active') return;
  await commit(context, [sessionResumed(dormantSince), sessionPaused()], NO_COMMAND);
}
