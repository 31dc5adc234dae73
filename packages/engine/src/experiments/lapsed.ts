import { holdMsOf } from './assignment/plan.ts';
import type { ExperimentMoment } from './standing.ts';
import type { Assignment } from './state.ts';

/** Whether an assignment has kept its place for too long by now while nobody plays it, whether or not that was recorded. */
export function isLapsed(
  { plan, now }: Pick<ExperimentMoment, 'plan' | 'now'>,
  { holdsPlace, status, keptSince }: Assignment,
): boolean {
  const isIdle = status === 'assigned' || status === 'interrupted';
  return holdsPlace && isIdle && now - keptSince > holdMsOf(plan);
}

/** All that have lapsed by now without that having been recorded. */
export const lapsedOf = (moment: Pick<ExperimentMoment, 'plan' | 'now' | 'state'>): readonly Assignment[] =>
  [...moment.state.assignments.values()].filter((assignment) => isLapsed(moment, assignment));
