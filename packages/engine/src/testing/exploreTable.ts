import { explore } from '../games/roleplay/explore.ts';
import type { RoleplayConfig } from '../games/roleplay/config.ts';
import type { RoleplayState } from '../games/roleplay/state.ts';
import { gardener, mole } from './characterSheets.ts';
import { createRoleplayTable } from './roleplayTable.ts';
import type { RoleplayTable } from './roleplayTable.ts';
import { NO_FLAGS } from '../session/flags.ts';

export type ExploreTable = RoleplayTable<RoleplayState<RoleplayConfig, null>>;

const CAST = { pc: gardener, npc: mole };

/** What a judge says that lets nothing pass. */
export const REFUSAL = JSON.stringify({ pass: false, reason: 'Say what your character does.' });

/** Explore with the gardener as player and the digger as the other, before anyone has entered. */
export const exploreTable = (config: Partial<RoleplayConfig> = {}): ExploreTable =>
  createRoleplayTable(explore, config, CAST);

/** The same, opened. */
export async function enteredExplore(config: Partial<RoleplayConfig> = {}): Promise<ExploreTable> {
  const game = exploreTable(config);
  await game.play({ type: 'enter' });
  return game;
}

export const kindsOf = ({ log }: Pick<ExploreTable, 'log'>): string[] =>
  log.map((event) => `${event.source}/${event.kind}`);

export const lastOf = ({ log }: Pick<ExploreTable, 'log'>) => log.at(-1);

/** The state that the log alone makes. */
export const folded = (game: ExploreTable): RoleplayState<RoleplayConfig, null> =>
  game.log.reduce(
    (state, event) => explore.evolve(state, event, NO_FLAGS),
    explore.init({ config: game.state().config, characters: CAST }),
  );
