import type { Candidate } from '../event.ts';
import { hasCompleted } from './past.ts';
import { encountersOf, firstOffered, orderedBy, poolOf, sortedPoolOf } from './pool.ts';
import type { AssignmentStrategy } from './strategy.ts';

const isSamePlace = (left: Candidate, right: Candidate): boolean =>
  left.game === right.game && left.pc === right.pc && left.npc === right.npc;

/** Everything, in the order of the file. */
export const fullCharacterAccess: AssignmentStrategy = poolOf;

/** Everything, what this participant has completed least often first. */
export const unplayedCombinationChoice: AssignmentStrategy = (input) => {
  const completed = input.history.filter(({ status }) => status === 'completed');
  return orderedBy(
    sortedPoolOf(input),
    (candidate) => completed.filter((past) => isSamePlace(past, candidate)).length,
  );
};

/** The first encounter that this participant has not completed. */
export const nextIncompleteCombination: AssignmentStrategy = (input) =>
  firstOffered(
    input,
    encountersOf(input).filter((encounter) => !hasCompleted(input.history, encounter)),
  );

/** The encounter that everybody together has played least often. */
export const leastPlayedCombinationNext: AssignmentStrategy = (input) =>
  firstOffered(
    input,
    orderedBy(encountersOf(input), ({ game, npc }) => input.timesPlayed(game, npc)),
  );
