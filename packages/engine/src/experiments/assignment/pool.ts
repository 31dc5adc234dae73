import type { Candidate } from '../event.ts';
import type { ExperimentConfig } from '../experiment.schema.ts';
import { once } from '../../once.ts';
import { Place } from './place.ts';
import type { PoolGame, StrategyInput } from './strategy.ts';

/** A game and a simulated character, with all the places in which they meet, whether or not they may be offered. */
export interface Encounter {
  readonly game: string;
  readonly npc: string | null;
  /** By whom the participant plays, in the order of the filters. */
  readonly places: readonly Candidate[];
}

/** By code units, as handles are ordered everywhere; nobody comes first. */
export const byHandle = (left: string | null, right: string | null): number => {
  const [a, b] = [left ?? '', right ?? ''];
  return a < b ? -1 : a > b ? 1 : 0;
};

/** Everything that a game's cast allows, whether or not it may be offered: game, then pc, then npc. */
export const placesOf = once(({ game, pcs, npcs }: PoolGame): readonly Candidate[] =>
  pcs.flatMap((pc) => npcs.map((npc) => new Place({ game, pc, npc }))),
);

const allPlaces = once((games: readonly PoolGame[]): readonly Candidate[] => games.flatMap(placesOf));

/** Everything, whether or not it may be offered: games in their order, and in each by the handles of pc, then npc. */
export const sortedPlaces = once((games: readonly PoolGame[]): readonly Candidate[] =>
  games.flatMap(({ game, pcs, npcs }) => {
    const sorted = npcs.toSorted(byHandle);
    return pcs.toSorted(byHandle).flatMap((pc) => sorted.map((npc) => new Place({ game, pc, npc })));
  }),
);

const allEncounters = once((games: readonly PoolGame[]): readonly Encounter[] =>
  games.flatMap(({ game, pcs, npcs }) =>
    npcs
      .toSorted(byHandle)
      .map((npc) => ({ game, npc, places: pcs.map((pc) => new Place({ game, pc, npc })) })),
  ),
);

const meetsThemselves = ({ pc, npc }: Candidate): boolean => pc !== null && pc === npc;

/** What somebody may be given as long as nothing is taken: games in their order, and in each by the filters of pc, then npc. */
export function possiblePlaces({
  games,
  config,
}: {
  readonly games: readonly PoolGame[];
  readonly config: Pick<ExperimentConfig, 'assignment'>;
}): readonly Candidate[] {
  const places = allPlaces(games);
  return config.assignment.sameCharacter ? places : places.filter((place) => !meetsThemselves(place));
}

type Offering = Pick<StrategyInput, 'full' | 'sameCharacter' | 'isOpen'>;

export function mayBeOffered(input: Offering, candidate: Candidate): boolean {
  return (
    !input.full.has(candidate.game) &&
    (input.sameCharacter || !meetsThemselves(candidate)) &&
    input.isOpen(candidate)
  );
}

/** What may be offered of these places, in their order. Found one by one. */
export function* offered(input: StrategyInput, places: Iterable<Candidate>): Iterable<Candidate> {
  for (const place of places) if (mayBeOffered(input, place)) yield place;
}

/** The same by a number from 0, the least first. It is asked for once of each place, and those of 0 wait for no other. */
export function* offeredBy(
  input: StrategyInput,
  places: Iterable<Candidate>,
  numberOf: (place: Candidate) => number,
): Iterable<Candidate> {
  const later = new Map<number, Candidate[]>();
  for (const place of places) {
    const number = numberOf(place);
    if (number === 0) {
      if (mayBeOffered(input, place)) yield place;
      continue;
    }
    const group = later.get(number);
    if (group === undefined) later.set(number, [place]);
    else group.push(place);
  }
  for (const number of [...later.keys()].toSorted((a, b) => a - b)) {
    yield* offered(input, later.get(number) ?? []);
  }
}

/** All that may be offered, in the order of the file and of the filters: game, then pc, then npc. */
export const poolOf = (input: StrategyInput): Iterable<Candidate> => offered(input, allPlaces(input.games));

/** All encounters: games in the order of the file, and in each by the handle of the npc. */
export const encountersOf = ({ games }: StrategyInput): readonly Encounter[] => allEncounters(games);

/** What may be offered of the first encounter of which anything may be. */
export function firstOffered(input: StrategyInput, encounters: readonly Encounter[]): readonly Candidate[] {
  for (const { places } of encounters) {
    const open = places.filter((candidate) => mayBeOffered(input, candidate));
    if (open.length > 0) return open;
  }
  return [];
}

/**
 * The items by a number, the least first; those with equal numbers stay in their order. There are thousands of places
 * and few different numbers, so that this is several times as fast as sorting.
 */
export function orderedBy<T>(items: readonly T[], numberOf: (item: T) => number): readonly T[] {
  const groups = Map.groupBy(items, numberOf);
  return [...groups.keys()].toSorted((a, b) => a - b).flatMap((number) => groups.get(number) ?? []);
}

/**
 * All encounters, what everybody has played least often first. Of those that were played equally often, what fewest are
 * waiting to begin: people who come in the same moment would else all be given the same.
 */
export function leastPlayedFirst(input: StrategyInput): readonly Encounter[] {
  const byWaiting = orderedBy(encountersOf(input), ({ game, npc }) => input.timesWaiting(game, npc));
  return orderedBy(byWaiting, ({ game, npc }) => input.timesPlayed(game, npc));
}
