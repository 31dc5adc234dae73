import { leastPlayedCombinationNext } from './combinations.ts';
import { byHandle, encountersOf, firstOffered, orderedBy, sortedPoolOf } from './pool.ts';
import type { AssignmentStrategy } from './strategy.ts';

/**
 * The encounter with the character that is farthest from the one whom this participant met last; among several, the one
 * that everybody has played least often. Whoever has completed nothing begins with what was played least often.
 */
export const progressiveDivergenceAssignment: AssignmentStrategy = (input) => {
  const last = input.history.findLast(({ status }) => status === 'completed');
  if (last === undefined) return leastPlayedCombinationNext(input);
  const byTimesPlayed = orderedBy(encountersOf(input), ({ game, npc }) => input.timesPlayed(game, npc));
  const byDistance = orderedBy(byTimesPlayed, ({ npc }) => -input.divergence(last.npc, npc));
  return firstOffered(input, byDistance).toSorted((left, right) => byHandle(left.pc, right.pc));
};

/** Everything, those who are farthest apart first. */
export const maxContrastPairing: AssignmentStrategy = (input) =>
  orderedBy(sortedPoolOf(input), ({ pc, npc }) => -input.divergence(pc, npc));
