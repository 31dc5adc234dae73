import { info } from './drafts.ts';
import type { EventDraft } from './event.ts';
import { sessionEnded } from './lifecycle.ts';
import type { LiveSession } from './liveSession.ts';
import { runtimeMs } from './state.ts';
import type { SessionState } from './state.ts';
import { describeMet, firstMet } from './stoppingConditions.ts';
import type { StoppingCondition } from './stoppingConditions.ts';
import { normaliseTermination } from './termination.ts';

/** The stopping condition that holds in a state at a moment, or `null`. */
export function metCondition(
  live: Pick<LiveSession, 'header' | 'fold'>,
  state: SessionState,
  now: number,
): StoppingCondition | null {
  return firstMet(live.header.stoppingConditions, {
    turns: live.fold.game.progress(state.game).turns,
    runtimeSeconds: runtimeMs(state, now) / 1000,
  });
}

/** What the game of a session has to say just before it ends. */
export const conclusionOf = (
  { fold }: Pick<LiveSession, 'fold'>,
  state: SessionState,
): readonly EventDraft[] => fold.game.conclude?.(state.game) ?? [];

/** The events that end a session in a state: what its game has to say at the end, and the end. `reason` is normalised. */
export const endWith = (
  live: Pick<LiveSession, 'fold'>,
  state: SessionState,
  reason: string,
): readonly EventDraft[] => [...conclusionOf(live, state), sessionEnded(reason)];

/** The events that end a session at one of its limits. */
export function endAtLimit(
  live: Pick<LiveSession, 'fold'>,
  state: SessionState,
  condition: StoppingCondition,
): readonly EventDraft[] {
  const reason = normaliseTermination(describeMet(condition));
  const words =
    condition.attribute === 'turns'
      ? `This session has reached its limit of ${condition.value} turns.`
      : `This session has reached its time limit of ${duration(condition.value)}.`;
  const told = info(`${words} Everything you said and read is kept.`, { reason });
  return [told, ...endWith(live, state, reason)];
}

function duration(seconds: number): string {
  const minutes = seconds / 60;
  if (seconds < 60 || !Number.isInteger(minutes)) return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
  return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
}

/** What ends a session after a command, if anything does: the game itself, else a limit. */
export function endingAfter(live: LiveSession, state: SessionState, now: number): readonly EventDraft[] {
  const { finished } = live.fold.game.progress(state.game);
  if (finished !== null) return endWith(live, state, normaliseTermination(finished));
  const met = metCondition(live, state, now);
  return met === null ? [] : endAtLimit(live, state, met);
}
