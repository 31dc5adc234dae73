import { stopClockLeftRunning } from './clock.ts';
import { commit, NO_COMMAND } from './commit.ts';
import type { CommandContext } from './commands.ts';
import { conclusionOf } from './ending.ts';
import type { EventDraft } from './event.ts';
import { CLOSED, failure } from './failure.ts';
import type { Failure } from './failure.ts';
import { sessionEnded } from './lifecycle.ts';
import { announcement, sessionHeld, sessionReleased } from './steeringEvents.ts';

/*
 * What those who run a session can do to it. They need no seat; whether they may is for the caller to see to. Nothing here
 * wakes a session, begins a turn or finishes one that was left open.
 */

/** Why a session ended that was ended by those who run it, in its normal form. */
export const ENDED_BY_ADMINISTRATOR = 'ended_by_administrator';

const NOT_HELD = failure('session/not-held', 'Nobody who runs this session has paused it.');

async function record(context: CommandContext, draft: EventDraft): Promise<null> {
  await stopClockLeftRunning(context);
  await commit(context, [draft], { commandId: context.commandId, receipt: { accepted: true } });
  return null;
}

/** Stops the session until it is released. A turn that is being played is played to its end before. */
export async function hold(context: CommandContext, reason: string): Promise<Failure | null> {
  if (context.live.state.ended !== null) return CLOSED;
  return record(context, sessionHeld(context.playerId, reason));
}

/** Lets it go on. Its clock stands until somebody is there. */
export async function release(context: CommandContext): Promise<Failure | null> {
  const { ended, held } = context.live.state;
  if (ended !== null) return CLOSED;
  return held === undefined ? NOT_HELD : record(context, sessionReleased(context.playerId));
}

/** Says something to whoever plays it. */
export async function announce(context: CommandContext, text: string): Promise<Failure | null> {
  if (context.live.state.ended !== null) return CLOSED;
  return record(context, announcement(context.playerId, text));
}

/** Ends the session, whatever is still open in it. */
export async function end(context: CommandContext): Promise<Failure | null> {
  const { live } = context;
  if (live.state.ended !== null) return CLOSED;
  await stopClockLeftRunning(context);
  // Under no command, so that the end is one event: if a crash comes between, ending it again ends it.
  await commit(context, conclusionOf(live, live.state), NO_COMMAND);
  return record(context, sessionEnded(ENDED_BY_ADMINISTRATOR, context.playerId));
}
