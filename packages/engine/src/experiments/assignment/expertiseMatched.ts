import type { Candidate } from '../event.ts';
import { hasCompleted, kept } from './past.ts';
import { encountersOf, firstOffered, offeredBy, orderedBy, sortedPlaces } from './pool.ts';
import type { Encounter } from './pool.ts';
import type { AssignmentStrategy, StrategyInput } from './strategy.ts';

type Met = Pick<Candidate, 'npc'>;

/** Asks once about each character: they are few, and their places many. */
function rankOf({ matchesExpertise }: StrategyInput): (met: Met) => number {
  const known = new Map<string | null, number>();
  return ({ npc }) => {
    const before = known.get(npc);
    if (before !== undefined) return before;
    const rank = matchesExpertise(npc) ? 0 : 1;
    known.set(npc, rank);
    return rank;
  };
}

const rankedEncounters = (input: StrategyInput): readonly Encounter[] =>
  orderedBy(encountersOf(input), rankOf(input));

/** Everything, those about whom this participant knows something first. */
export const expertiseMatchedCharacterChoice: AssignmentStrategy = (input) =>
  offeredBy(input, sortedPlaces(input.games), rankOf(input));

/** The first encounter of that order that this participant has not completed. */
export const expertiseMatchedCharacterNext: AssignmentStrategy = (input) =>
  firstOffered(
    input,
    rankedEncounters(input).filter((encounter) => !hasCompleted(input.history, encounter)),
  );

/** One character after the other, each in all games. The character that was begun last is finished first. */
export const expertiseMatchedCharacterBatch: AssignmentStrategy = (input) => {
  const past = kept(input.history);
  const encounters = rankedEncounters(input);
  const begun = past.filter(({ batchId }) => batchId !== undefined).slice(-1);
  const npcs = new Set([...begun, ...encounters].map(({ npc }) => npc));
  const byNpc = Map.groupBy(encounters, ({ npc }) => npc);
  const left = [...npcs]
    .flatMap((npc) => byNpc.get(npc) ?? [])
    .filter(({ game, npc }) => !past.some((taken) => taken.game === game && taken.npc === npc));
  return firstOffered(input, left).map((candidate) => ofBatch(input, candidate));
};

function ofBatch({ experiment, participantId }: StrategyInput, candidate: Candidate): Candidate {
  return { ...candidate, batchId: `${experiment}:${participantId}:${candidate.npc ?? ''}` };
}
