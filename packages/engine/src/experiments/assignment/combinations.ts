import { hasCompleted } from './past.ts';
import { Place } from './place.ts';
import { encountersOf, firstOffered, leastPlayedFirst, offeredBy, poolOf, sortedPlaces } from './pool.ts';
import type { AssignmentStrategy } from './strategy.ts';

/** Everything, in the order of the file. */
export const fullCharacterAccess: AssignmentStrategy = poolOf;

/** Everything, what this participant has completed least often first. */
export const unplayedCombinationChoice: AssignmentStrategy = (input) => {
  const completed = input.history.filter(({ status }) => status === 'completed');
  const times = new Map(
    [...Map.groupBy(completed, (past) => Place.keyOf(past))].map(([key, some]) => [key, some.length]),
  );
  return offeredBy(input, sortedPlaces(input.games), (place) => times.get(Place.keyOf(place)) ?? 0);
};

/** The first encounter that this participant has not completed. */
export const nextIncompleteCombination: AssignmentStrategy = (input) =>
  firstOffered(
    input,
    encountersOf(input).filter((encounter) => !hasCompleted(input.history, encounter)),
  );

/** The encounter that everybody together has played least often. */
export const leastPlayedCombinationNext: AssignmentStrategy = (input) =>
  firstOffered(input, leastPlayedFirst(input));
