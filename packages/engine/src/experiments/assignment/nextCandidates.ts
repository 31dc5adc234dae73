import type { ExperimentState } from '../state.ts';
import { createOffer } from './offer.ts';
import type { Offer } from './offer.ts';
import { timesPlayed, timesWaiting } from './placeCounts.ts';
import type { ExperimentPlan } from './plan.ts';
import { quotaBook } from './quotas.ts';
import { ASSIGNMENT_STRATEGIES_BY_NAME } from './strategies.ts';
import type { PastAssignment } from './strategy.ts';

export interface NextInput {
  readonly plan: ExperimentPlan;
  readonly state: Pick<ExperimentState, 'lastSeq' | 'participants' | 'assignments' | 'places'>;
  readonly participantId: string;
}

interface Answer extends Omit<NextInput, 'plan' | 'state'> {
  readonly assignments: ExperimentState['assignments'];
  readonly lastSeq: number;
  readonly offer: Offer;
}

/** The last answer for each plan: whoever decides asks again at once, and so does whoever tells of it. */
const lastAnswers = new WeakMap<ExperimentPlan, Answer>();

/**
 * What may come next for a participant, the best first; empty when nothing is left for them, or when all that is left has
 * all the participants it needs. Whether they may have anything at all now (forms, an open assignment, how many they
 * have had) is not asked here. Throws RangeError for somebody who never joined.
 */
export function nextCandidates(input: NextInput): Offer {
  const { plan, state, participantId } = input;
  const { assignments, lastSeq } = state;
  const last = lastAnswers.get(plan);
  // A state is its map and its number: a fold goes on in the same map, and a fork has another.
  const isLast =
    last?.assignments === assignments && last.lastSeq === lastSeq && last.participantId === participantId;
  if (isLast) return last.offer;
  const offer = findOffer(input);
  lastAnswers.set(plan, { assignments, lastSeq, participantId, offer });
  return offer;
}

function findOffer({ plan, state, participantId }: NextInput): Offer {
  const participant = state.participants.get(participantId);
  if (participant === undefined) throw new RangeError(`There is no participant ${participantId}.`);
  const { name, config, seed, games, divergence, expertise } = plan;
  const quotas = quotaBook(state, config);
  const candidates = ASSIGNMENT_STRATEGIES_BY_NAME[config.assignment.strategy]({
    experiment: name,
    participantId,
    seed,
    games,
    full: quotas.full,
    isOpen: quotas.roomFor(participantId),
    sameCharacter: config.assignment.sameCharacter,
    history: participant.assignmentIds.flatMap((id): PastAssignment[] => {
      const past = state.assignments.get(id);
      return past === undefined ? [] : [past];
    }),
    timesPlayed: (game, npc) => timesPlayed(state.places, game, npc),
    timesWaiting: (game, npc) => timesWaiting(state.places, game, npc),
    divergence,
    matchesExpertise: (npc) => npc !== null && expertise.matches(participant.expertise, npc),
  });
  return createOffer(candidates);
}
