import type { LiveSession } from './liveSession.ts';
import type { SessionPresent } from './sessionManager.ts';
import { runtimeMs, statusOf } from './state.ts';
import { upperLimit } from './stoppingConditions.ts';

/** The present of a session for those who look at it; `now` is epoch ms. */
export function presentOf(live: LiveSession, now: number): SessionPresent {
  const { header, state } = live;
  const { game } = live.fold;
  // A session that nobody has woken is not being played, whatever its log says last.
  const dormantSince = live.elsewhere ? null : live.dormantSince;
  const measuredAt = dormantSince ?? now;
  const asleep = dormantSince !== null && state.started && state.ended === null;
  return {
    header,
    status: asleep ? 'paused' : statusOf(state),
    seats: state.seats,
    opened: state.opened,
    turns: game.progress(state.game).turns,
    lastSeq: state.lastSeq,
    exited: state.ended !== null,
    exitReason: state.ended?.reason ?? null,
    endedAt: state.ended?.at ?? null,
    runtimeMs: runtimeMs(state, measuredAt),
    measuredAt,
    maxTurns: upperLimit(header.stoppingConditions, 'turns'),
    maxRuntimeSeconds: upperLimit(header.stoppingConditions, 'runtimeSeconds'),
    feedback: state.feedback ?? [],
    held: state.held ?? null,
    view: (viewer) => game.view(state.game, viewer),
  };
}
