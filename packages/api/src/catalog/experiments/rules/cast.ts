import { findGame, selectCharacters, variantOf } from '@dcs/engine';
import type { ExperimentConfig, ExperimentGame } from '@dcs/engine';
import type { ExperimentWorld, OfferedGame } from '../world.ts';

/** Who may be played and met in a game of an experiment; `null` where the game casts nobody in that seat. */
export interface GameCast {
  /** Of the game among those of the experiment. */
  readonly index: number;
  readonly variant: string;
  readonly pcs: readonly string[] | null;
  readonly npcs: readonly string[] | null;
}

export interface CastSeat {
  readonly name: 'pc' | 'npc';
  readonly ofGame: 'pcs' | 'npcs';
  readonly ofExperiment: 'playerCharacters' | 'simulatedCharacters';
}

export const CAST_SEATS: readonly CastSeat[] = [
  { name: 'pc', ofGame: 'pcs', ofExperiment: 'playerCharacters' },
  { name: 'npc', ofGame: 'npcs', ofExperiment: 'simulatedCharacters' },
];

/** Those whom both the game and the experiment admit. */
export function castOf(config: ExperimentConfig, world: ExperimentWorld): readonly GameCast[] {
  const admitted = (
    entry: ExperimentGame,
    { game, file }: OfferedGame,
    seat: CastSeat,
  ): readonly string[] | null => {
    if (!game.seats.some(({ name, playsCharacter }) => name === seat.name && playsCharacter)) return null;
    const byGame = selectCharacters(world.characters, file[seat.ofGame] ?? ['all']);
    const wanted = entry[seat.ofGame] ?? config.assignment[seat.ofExperiment];
    return (wanted === undefined ? byGame : selectCharacters(byGame, wanted)).map(({ hid }) => hid);
  };
  return config.games.flatMap((entry, index) => {
    const offered = findGame(world.offered, entry.name);
    if (offered === null) return [];
    const [pcs = null, npcs = null] = CAST_SEATS.map((seat) => admitted(entry, offered, seat));
    return [{ index, variant: variantOf(entry), pcs, npcs }];
  });
}

/** How many pairs of characters there are to play in a game. */
export function combinationsOf({ pcs, npcs }: GameCast, sameCharacter: boolean): number {
  const players = pcs ?? [null];
  const others = npcs ?? [null];
  return players.reduce((sum, pc) => {
    const partners = others.filter((npc) => sameCharacter || pc === null || npc !== pc);
    return sum + partners.length;
  }, 0);
}
