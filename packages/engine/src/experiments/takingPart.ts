import { holdMsOf } from './assignment/plan.ts';
import type { ExperimentMoment } from './standing.ts';
import type { Participant } from './state.ts';

type Taking = Pick<ExperimentMoment, 'plan' | 'state' | 'now'>;

/**
 * How many count against the number of people who may take part: whoever holds a place or has completed something, and
 * whoever has done anything lately. Who left before there was anything to lose keeps nobody out for ever; if they come back
 * and the others have all the places by then, nothing is left for them.
 */
export function takingPart({ plan, state, now }: Taking): number {
  const lately = now - holdMsOf(plan);
  const counts = ({ withdrawnAt, lastAt, assignmentIds }: Participant): boolean =>
    withdrawnAt === null &&
    (lastAt >= lately || assignmentIds.some((id) => state.assignments.get(id)?.holdsPlace === true));
  return [...state.participants.values()].filter(counts).length;
}
