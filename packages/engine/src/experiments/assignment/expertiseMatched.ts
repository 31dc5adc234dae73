import type { Candidate } from '../event.ts';
import { hasCompleted, kept } from './past.ts';
import { encountersOf, orderedBy, sortedPoolOf } from './pool.ts';
import type { Encounter } from './pool.ts';
import type { AssignmentStrategy, StrategyInput } from './strategy.ts';

const rankOf =
  ({ matchesExpertise }: StrategyInput) =>
  ({ npc }: { readonly npc: string | null }): number =>
    matchesExpertise(npc) ? 0 : 1;

const rankedEncounters = (input: StrategyInput): readonly Encounter[] =>
  orderedBy(encountersOf(input), rankOf(input));

/** Everything, those about whom this participant knows something first. */
export const expertiseMatchedCharacterChoice: AssignmentStrategy = (input) =>
  orderedBy(sortedPoolOf(input), rankOf(input));

/** The first encounter of that order that this participant has not completed. */
export const expertiseMatchedCharacterNext: AssignmentStrategy = (input) =>
  rankedEncounters(input).find((encounter) => !hasCompleted(input.history, encounter))?.candidates ?? [];

/** One character after the other, each in all games. The character that was begun last is finished first. */
export const expertiseMatchedCharacterBatch: AssignmentStrategy = (input) => {
  const past = kept(input.history);
  const encounters = rankedEncounters(input);
  const nextWith = (npc: string | null): Encounter | undefined =>
    encounters.find(
      (encounter) =>
        encounter.npc === npc && !past.some((taken) => taken.game === encounter.game && taken.npc === npc),
    );
  const begun = past.filter(({ batchId }) => batchId !== undefined).slice(-1);
  const inOrder = new Set([...begun, ...encounters].map(({ npc }) => npc));
  for (const npc of inOrder) {
    const next = nextWith(npc);
    if (next !== undefined) return next.candidates.map((candidate) => ofBatch(input, candidate));
  }
  return [];
};

function ofBatch({ experiment, participantId }: StrategyInput, candidate: Candidate): Candidate {
  return { ...candidate, batchId: `${experiment}:${participantId}:${candidate.npc ?? ''}` };
}
