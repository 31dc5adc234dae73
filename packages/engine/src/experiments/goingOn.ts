import type { ExperimentPlan } from './assignment/plan.ts';
import type { Assignment } from './state.ts';

/** It used up what its game gives a player to get something right: going on from there would end at once. */
const PLAYED_OUT = 'validation_retry_exhausted';

/**
 * The session that the next attempt at an assignment goes on from, as far as the log of the experiment tells; `null` where
 * the attempt begins anew. Whether there is a way on from it, the log of the session says.
 */
export function brokenOffSession(
  { status, attempts }: Pick<Assignment, 'status' | 'attempts'>,
  { config }: Pick<ExperimentPlan, 'config'>,
): string | null {
  const last = attempts.at(-1);
  if (status !== 'interrupted' || last === undefined) return null;
  if (config.assignment.afterInterruption === 'restart') return null;
  const isWorthIt = (last.turns ?? 0) > 0 && last.reason !== PLAYED_OUT;
  return isWorthIt ? last.sessionId : null;
}

/** Milliseconds in which the last attempt was played, with those that it goes on from; `null` while it goes on. */
export function playedFor({ attempts }: Pick<Assignment, 'attempts'>): number | null {
  let sum: number | null = null;
  let wanted = attempts.at(-1)?.sessionId ?? null;
  for (const { sessionId, goesOnFrom, startedAt, endedAt } of attempts.toReversed()) {
    if (sessionId !== wanted) continue;
    if (endedAt === null) return null;
    sum = (sum ?? 0) + endedAt - startedAt;
    wanted = goesOnFrom;
  }
  return sum;
}
