import type { Candidate } from '../event.ts';
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

/** Makes each thing once: the games of a plan stay the same, their places are thousands, and every order goes through them. */
function once<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, Value>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}

/** Everything that a game's cast allows, whether or not it may be offered: game, then pc, then npc. */
export const placesOf = once(({ game, pcs, npcs }: PoolGame): readonly Candidate[] =>
  pcs.flatMap((pc) => npcs.map((npc) => ({ game, pc, npc }))),
);

const allPlaces = once((games: readonly PoolGame[]): readonly Candidate[] => games.flatMap(placesOf));

const sortedPlaces = once((games: readonly PoolGame[]): readonly Candidate[] =>
  games.flatMap(({ game, pcs, npcs }) => {
    const sorted = npcs.toSorted(byHandle);
    return pcs.toSorted(byHandle).flatMap((pc) => sorted.map((npc) => ({ game, pc, npc })));
  }),
);

const allEncounters = once((games: readonly PoolGame[]): readonly Encounter[] =>
  games.flatMap(({ game, pcs, npcs }) =>
    npcs.toSorted(byHandle).map((npc) => ({ game, npc, places: pcs.map((pc) => ({ game, pc, npc })) })),
  ),
);

export function mayBeOffered(input: StrategyInput, candidate: Candidate): boolean {
  const meetsThemselves = candidate.pc !== null && candidate.pc === candidate.npc;
  return (
    !input.full.has(candidate.game) && (input.sameCharacter || !meetsThemselves) && input.isOpen(candidate)
  );
}

const offered = (input: StrategyInput, places: readonly Candidate[]): readonly Candidate[] =>
  places.filter((candidate) => mayBeOffered(input, candidate));

/** All that may be offered, in the order of the file and of the filters: game, then pc, then npc. */
export const poolOf = (input: StrategyInput): readonly Candidate[] => offered(input, allPlaces(input.games));

/** All that may be offered: games in the order of the file, and in each by the handles of pc, then npc. */
export const sortedPoolOf = (input: StrategyInput): readonly Candidate[] =>
  offered(input, sortedPlaces(input.games));

/** All encounters: games in the order of the file, and in each by the handle of the npc. */
export const encountersOf = ({ games }: StrategyInput): readonly Encounter[] => allEncounters(games);

/** What may be offered of the first encounter of which anything may be. */
export function firstOffered(input: StrategyInput, encounters: readonly Encounter[]): readonly Candidate[] {
  for (const { places } of encounters) {
    const open = offered(input, places);
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
