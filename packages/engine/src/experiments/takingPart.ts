import { hasOpenPlace, hasOpenPlaceWithout } from './assignment/openPlaces.ts';
import { holdMsOf } from './assignment/plan.ts';
import { isLapsed, lapsedOf } from './lapsed.ts';
import type { ExperimentMoment } from './standing.ts';
import type { Participant } from './state.ts';

type Taking = Pick<ExperimentMoment, 'plan' | 'state' | 'now'>;

/**
 * How many count against the number of people who may take part: whoever holds a place or has completed something, also
 * when they have withdrawn since, and whoever has done anything lately. Who left before there was anything to lose keeps
 * nobody out for ever; if they come back and the others have all the places by then, nothing is left for them.
 */
export function takingPart(moment: Taking): number {
  const { plan, state, now } = moment;
  const lately = now - holdMsOf(plan);
  const holds = (id: string): boolean => {
    const assignment = state.assignments.get(id);
    return assignment?.holdsPlace === true && !isLapsed(moment, assignment);
  };
  const counts = ({ withdrawnAt, lastAt, assignmentIds }: Participant): boolean =>
    (withdrawnAt === null && lastAt >= lately) || assignmentIds.some(holds);
  return [...state.participants.values()].filter(counts).length;
}

/**
 * Whether there is no place for anybody new. A place that has lapsed counts as free before that is recorded: whoever joins
 * records it.
 */
export function isFull(moment: Taking): boolean {
  const { plan, state } = moment;
  const { participants = Infinity } = plan.config.quotas;
  if (takingPart(moment) >= participants) return true;
  if (hasOpenPlace(plan, state)) return false;
  const lapsed = lapsedOf(moment);
  return lapsed.length === 0 || !hasOpenPlaceWithout(plan, state, lapsed);
}
