import {
  fullCharacterAccess,
  leastPlayedCombinationNext,
  nextIncompleteCombination,
  unplayedCombinationChoice,
} from './combinations.ts';
import { maxContrastPairing, progressiveDivergenceAssignment } from './divergent.ts';
import {
  expertiseMatchedCharacterBatch,
  expertiseMatchedCharacterChoice,
  expertiseMatchedCharacterNext,
} from './expertiseMatched.ts';
import { randomUnique, randomUniqueGame } from './randomUnique.ts';
import type { AssignmentStrategy } from './strategy.ts';
import type { AssignmentStrategyName } from './strategyName.ts';

/** A new strategy is a function in a file of its own, a name in `strategyName.ts` and a line here. */
export const ASSIGNMENT_STRATEGIES_BY_NAME: Readonly<Record<AssignmentStrategyName, AssignmentStrategy>> = {
  'random-unique': randomUnique,
  'random-unique-game': randomUniqueGame,
  'full-character-access': fullCharacterAccess,
  'unplayed-combination-choice': unplayedCombinationChoice,
  'next-incomplete-combination': nextIncompleteCombination,
  'least-played-combination-next': leastPlayedCombinationNext,
  'progressive-divergence-assignment': progressiveDivergenceAssignment,
  'max-contrast-pairing': maxContrastPairing,
  'expertise-matched-character-choice': expertiseMatchedCharacterChoice,
  'expertise-matched-character-next': expertiseMatchedCharacterNext,
  'expertise-matched-character-batch': expertiseMatchedCharacterBatch,
};
