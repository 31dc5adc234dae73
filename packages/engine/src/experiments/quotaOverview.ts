import { Place } from './assignment/place.ts';
import type { ExperimentPlan } from './assignment/plan.ts';
import { byHandle, possiblePlaces } from './assignment/pool.ts';
import { QUOTA_KINDS } from './assignment/quotaKind.ts';
import type { QuotaKind } from './assignment/quotaKind.ts';
import type { ExperimentMoment } from './standing.ts';
import { takingPart } from './takingPart.ts';

/** What a quota counts participants for; `null` is what it does not go by. */
export interface QuotaCell {
  readonly game: string | null;
  readonly pc: string | null;
  readonly npc: string | null;
  /** Participants who have a place there. */
  readonly taken: number;
}

/** How far a quota of the file is filled. */
export interface QuotaOverview {
  readonly kind: QuotaKind;
  /** How many participants each cell needs. */
  readonly quota: number;
  /** Games and combinations in the order of the file, characters by their handles; also those that nobody has a place in. */
  readonly cells: readonly QuotaCell[];
}

type Moment = Pick<ExperimentMoment, 'plan' | 'state' | 'now'>;

const NOTHING = { game: null, pc: null, npc: null } as const;

function charactersMet(plan: ExperimentPlan): readonly string[] {
  return [...new Set(possiblePlaces(plan).flatMap(({ npc }) => npc ?? []))].toSorted(byHandle);
}

type TakenIn = (key: string) => number;

const CELLS: Readonly<Record<QuotaKind, (moment: Moment, takenIn: TakenIn) => readonly QuotaCell[]>> = {
  participants: (moment) => [{ ...NOTHING, taken: takingPart(moment) }],
  // Also games that nobody can play just now: they need their participants all the same.
  perGame: ({ plan }, takenIn) => plan.games.map(({ game }) => ({ ...NOTHING, game, taken: takenIn(game) })),
  perCharacter: ({ plan }, takenIn) =>
    charactersMet(plan).map((npc) => ({ ...NOTHING, npc, taken: takenIn(npc) })),
  perCombination: ({ plan }, takenIn) =>
    possiblePlaces(plan).map((place) => {
      const { game, pc, npc } = place;
      return { game, pc, npc, taken: takenIn(Place.keyOf(place)) };
    }),
};

/** From the quota of the whole experiment to those of its smallest parts. */
export function quotaOverviews(moment: Moment): readonly QuotaOverview[] {
  return QUOTA_KINDS.flatMap((kind) => {
    const quota = moment.plan.config.quotas[kind];
    const holders = moment.state.places.holders[kind];
    const takenIn = (key: string): number => holders.get(key) ?? 0;
    return quota === undefined ? [] : [{ kind, quota, cells: CELLS[kind](moment, takenIn) }];
  });
}
