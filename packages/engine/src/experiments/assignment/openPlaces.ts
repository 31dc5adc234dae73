import type { Candidate } from '../event.ts';
import type { Assignment, ExperimentState } from '../state.ts';
import { countChange, newPlaceCounts } from './placeCounts.ts';
import type { PlaceCounts } from './placeCounts.ts';
import type { ExperimentPlan } from './plan.ts';
import { mayBeOffered, placesOf } from './pool.ts';
import { quotaBook } from './quotas.ts';

type Taken = Pick<ExperimentState, 'participants' | 'assignments' | 'places'>;

interface Opening {
  readonly isThere: boolean;
  /** One that is open, where some are not. */
  readonly place: Candidate | null;
}

interface Answer extends Opening, Pick<ExperimentState, 'assignments' | 'lastSeq'> {}

/** The last answer for each plan: everybody who looks asks, and goes through all places where none is open. */
const lastAnswers = new WeakMap<ExperimentPlan, Answer>();

/** Whether there is a place for somebody who has none so far. */
export function hasOpenPlace(plan: ExperimentPlan, state: Taken & Pick<ExperimentState, 'lastSeq'>): boolean {
  const { assignments, lastSeq } = state;
  const last = lastAnswers.get(plan);
  // A state is its map and its number: a fold goes on in the same map, and a fork has another.
  if (last?.assignments === assignments && last.lastSeq === lastSeq) return last.isThere;
  // What was open a moment ago is most often open still.
  const opening = findOpening(plan, state, last?.place ?? null);
  lastAnswers.set(plan, { ...opening, assignments, lastSeq });
  return opening.isThere;
}

/** The same once these have given up their places. */
export function hasOpenPlaceWithout(
  plan: ExperimentPlan,
  state: Taken,
  gone: readonly Assignment[],
): boolean {
  const isGone = new Set(gone);
  const left = [...state.assignments.values()].filter((assignment) => !isGone.has(assignment));
  return findOpening(plan, { ...state, places: placesTakenBy(left) }, null).isThere;
}

function findOpening({ config, games }: ExperimentPlan, state: Taken, likely: Candidate | null): Opening {
  const quotas = quotaBook(state, config);
  if (quotas.isOpenToAll) return { isThere: true, place: likely };
  const { full } = quotas;
  const { sameCharacter } = config.assignment;
  const offering = { full, sameCharacter, isOpen: quotas.roomFor(null) };
  const isOpen = (place: Candidate): boolean => mayBeOffered(offering, place);
  if (likely !== null && isOpen(likely)) return { isThere: true, place: likely };
  for (const game of games) {
    const place = full.has(game.game) ? undefined : placesOf(game).find(isOpen);
    if (place !== undefined) return { isThere: true, place };
  }
  return { isThere: false, place: null };
}

function placesTakenBy(assignments: readonly Assignment[]): PlaceCounts {
  const places = newPlaceCounts();
  const counted = new Map<string, readonly Assignment[]>();
  for (const after of assignments) {
    const others = counted.get(after.participantId) ?? [];
    countChange(places, { before: undefined, after, others });
    counted.set(after.participantId, [...others, after]);
  }
  return places;
}
