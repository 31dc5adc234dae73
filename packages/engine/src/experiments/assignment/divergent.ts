import { leastPlayedCombinationNext } from './combinations.ts';
import { once } from '../../once.ts';
import { byHandle, firstOffered, leastPlayedFirst, offered, orderedBy, sortedPlaces } from './pool.ts';
import type { AssignmentStrategy, PoolGame, StrategyInput } from './strategy.ts';

/**
 * The encounter with the character that is farthest from the one whom this participant met last; among several, the one
 * that everybody has played least often. Whoever has completed nothing begins with what was played least often.
 */
export const progressiveDivergenceAssignment: AssignmentStrategy = (input) => {
  const last = input.history.findLast(({ status }) => status === 'completed');
  if (last === undefined) return leastPlayedCombinationNext(input);
  const byDistance = orderedBy(leastPlayedFirst(input), ({ npc }) => -input.divergence(last.npc, npc));
  return firstOffered(input, byDistance).toSorted((left, right) => byHandle(left.pc, right.pc));
};

/** The same for everybody in an experiment. */
const placesByContrast = once((divergence: StrategyInput['divergence']) =>
  once((games: readonly PoolGame[]) => orderedBy(sortedPlaces(games), ({ pc, npc }) => -divergence(pc, npc))),
);

/** Everything, those who are farthest apart first. */
export const maxContrastPairing: AssignmentStrategy = (input) =>
  offered(input, placesByContrast(input.divergence)(input.games));
