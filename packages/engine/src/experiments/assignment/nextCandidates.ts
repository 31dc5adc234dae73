import type { Candidate } from '../event.ts';
import type { Assignment, ExperimentState } from '../state.ts';
import type { ExperimentPlan } from './plan.ts';
import { quotaBook } from './quotas.ts';
import { ASSIGNMENT_STRATEGIES_BY_NAME } from './strategies.ts';
import type { PastAssignment, StrategyInput } from './strategy.ts';

export interface NextInput {
  readonly plan: ExperimentPlan;
  readonly state: Pick<ExperimentState, 'lastSeq' | 'participants' | 'assignments'>;
  readonly participantId: string;
}

interface Answer extends Omit<NextInput, 'plan' | 'state'> {
  readonly assignments: ExperimentState['assignments'];
  readonly lastSeq: number;
  readonly candidates: readonly Candidate[];
}

/** The last answer for each plan: whoever decides asks again at once, and so does whoever tells of it. */
const lastAnswers = new WeakMap<ExperimentPlan, Answer>();

/**
 * What may come next for a participant, the best first; empty when nothing is left for them, or when all that is left has
 * all the participants it needs. Whether they may have anything at all now (forms, an open assignment, how many they
 * have had) is not asked here. Throws RangeError for somebody who never joined.
 */
export function nextCandidates(input: NextInput): readonly Candidate[] {
  const { plan, state, participantId } = input;
  const { assignments, lastSeq } = state;
  const last = lastAnswers.get(plan);
  // A state is its map and its number: a fold goes on in the same map, and a fork has another.
  const isLast =
    last?.assignments === assignments && last.lastSeq === lastSeq && last.participantId === participantId;
  if (isLast) return last.candidates;
  const candidates = findCandidates(input);
  lastAnswers.set(plan, { assignments, lastSeq, participantId, candidates });
  return candidates;
}

function findCandidates({ plan, state, participantId }: NextInput): readonly Candidate[] {
  const participant = state.participants.get(participantId);
  if (participant === undefined) throw new RangeError(`There is no participant ${participantId}.`);
  const { name, config, seed, games, divergence, expertise } = plan;
  const quotas = quotaBook(state, config);
  return ASSIGNMENT_STRATEGIES_BY_NAME[config.assignment.strategy]({
    experiment: name,
    participantId,
    seed,
    games,
    full: quotas.full,
    isOpen: (candidate) => quotas.hasRoom(participantId, candidate),
    sameCharacter: config.assignment.sameCharacter,
    history: participant.assignmentIds.flatMap((id): PastAssignment[] => {
      const past = state.assignments.get(id);
      return past === undefined ? [] : [past];
    }),
    timesPlayed: timesPlayedIn(state),
    divergence,
    matchesExpertise: (npc) => npc !== null && expertise.matches(participant.expertise, npc),
  });
}

/** Counts when it is first asked: most strategies never do. */
function timesPlayedIn({ assignments }: Pick<ExperimentState, 'assignments'>): StrategyInput['timesPlayed'] {
  let counts: ReadonlyMap<string, ReadonlyMap<string | null, number>> | null = null;
  return (game, npc) => {
    counts ??= countPlayed(assignments.values());
    return counts.get(game)?.get(npc) ?? 0;
  };
}

function countPlayed(assignments: Iterable<Assignment>) {
  const counts = new Map<string, Map<string | null, number>>();
  for (const { status, game, npc } of assignments) {
    if (status !== 'in_progress' && status !== 'completed') continue;
    const ofGame = counts.get(game) ?? new Map<string | null, number>();
    counts.set(game, ofGame);
    ofGame.set(npc, (ofGame.get(npc) ?? 0) + 1);
  }
  return counts;
}
