import type { SessionEvent } from './event.ts';
import type { LiveSession } from './liveSession.ts';
import { replyFrom } from './receipts.ts';
import { evolveSession } from './state.ts';

/**
 * Brings a session that another process drives up to what that process has recorded. Events that it has already are
 * left out. Whether it now agrees with the log up to the last of them; if not, it must be read again.
 *
 * A session that is driven here is never moved on: a turn that is under way was decided on the state as it is, and is to
 * find its place in the log taken.
 */
export function takeRecorded(live: LiveSession, events: readonly SessionEvent[]): boolean {
  const isDrivenHere = live.dormantSince === null && !live.elsewhere;
  if (isDrivenHere) return (events.at(-1)?.seq ?? 0) <= live.state.lastSeq;
  live.elsewhere = true;
  const { game } = live.fold;
  for (const event of events) {
    if (event.seq <= live.state.lastSeq) continue;
    // What a roll-back makes of the game is known to the log alone.
    if (event.seq > live.state.lastSeq + 1 || event.kind === 'rolled_back') return false;
    live.state = evolveSession(live.fold, live.state, event);
    if (event.commandId !== null && event.receipt !== null) {
      live.replies.set(event.commandId, replyFrom(game, live.state, event));
    }
  }
  return true;
}
