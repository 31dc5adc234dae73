import type { Candidate } from '../event.ts';
import type { PoolGame, StrategyInput } from './strategy.ts';

/** A game and a simulated character, with all the places in which they are met. */
export interface Encounter {
  readonly game: string;
  readonly npc: string | null;
  /** Never empty; by whom the participant plays. */
  readonly candidates: readonly Candidate[];
}

/** By code units, as handles are ordered everywhere; nobody comes first. */
const byHandle = (left: string | null, right: string | null): number => {
  const [a, b] = [left ?? '', right ?? ''];
  return a < b ? -1 : a > b ? 1 : 0;
};

/** Everything that a game's cast allows, whether or not it may be offered: game, then pc, then npc. */
export function placesOf({ game, pcs, npcs }: PoolGame): readonly Candidate[] {
  return pcs.flatMap((pc) => npcs.map((npc) => ({ game, pc, npc })));
}

export function mayBeOffered(input: StrategyInput, candidate: Candidate): boolean {
  const meetsThemselves = candidate.pc !== null && candidate.pc === candidate.npc;
  return (
    !input.full.has(candidate.game) && (input.sameCharacter || !meetsThemselves) && input.isOpen(candidate)
  );
}

const openGames = ({ games, full }: StrategyInput): readonly PoolGame[] =>
  games.filter(({ game }) => !full.has(game));

/** All that may be offered, in the order of the file and of the filters: game, then pc, then npc. */
export function poolOf(input: StrategyInput): readonly Candidate[] {
  return openGames(input)
    .flatMap(placesOf)
    .filter((candidate) => mayBeOffered(input, candidate));
}

/** All that may be offered: games in the order of the file, and in each by the handles of pc, then npc. */
export function sortedPoolOf(input: StrategyInput): readonly Candidate[] {
  const games = openGames(input).map((game) => ({
    ...game,
    pcs: game.pcs.toSorted(byHandle),
    npcs: game.npcs.toSorted(byHandle),
  }));
  return poolOf({ ...input, games });
}

/** All that may be offered by whom it lets somebody meet: games in the order of the file, in each by the handle of the npc. */
export function encountersOf(input: StrategyInput): readonly Encounter[] {
  return openGames(input).flatMap((game) =>
    game.npcs.toSorted(byHandle).flatMap((npc) => {
      const candidates = placesOf({ ...game, npcs: [npc] }).filter((candidate) =>
        mayBeOffered(input, candidate),
      );
      return candidates.length === 0 ? [] : [{ game: game.game, npc, candidates }];
    }),
  );
}

/**
 * The items by a number, the least first; those with equal numbers stay in their order. There are thousands of places
 * and few different numbers, so that this is several times as fast as sorting.
 */
export function orderedBy<T>(items: readonly T[], numberOf: (item: T) => number): readonly T[] {
  const groups = Map.groupBy(items, numberOf);
  return [...groups.keys()].toSorted((a, b) => a - b).flatMap((number) => groups.get(number) ?? []);
}
