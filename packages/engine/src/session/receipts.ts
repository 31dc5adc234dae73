import type { Game } from '../game/game.ts';
import type { SessionEvent } from './event.ts';
import type { CommandReply } from './sessionManager.ts';
import type { SessionState } from './state.ts';

/** The reply to a completed command, as the log states it: `event` carries the receipt, `state` is the state after it. */
export function replyFrom(game: Game, state: SessionState, event: SessionEvent): CommandReply {
  return {
    ok: true,
    accepted: event.receipt?.accepted ?? false,
    turns: game.progress(state.game).turns,
    exited: state.ended !== null,
    exitReason: state.ended?.reason ?? null,
    lastSeq: event.seq,
  };
}
