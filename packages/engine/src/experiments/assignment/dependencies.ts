import type { GameFile } from '../../game/gameFile.schema.ts';
import type { CastMember } from '../../session/session.ts';
import type { ExperimentConfig } from '../experiment.schema.ts';
import { entriesOf, poolGames } from './plan.ts';
import type { ExperimentDependencies } from './plan.ts';

/** The same as it is kept: files as they were read, sheets by their revisions. */
export interface PinnedDependencies {
  readonly games: readonly GameFile[];
  readonly characters: readonly CastMember[];
}

/** Strategies of this family read the labels of all characters: which words tell somebody apart depends on the others. */
const comparesLabels = ({ assignment }: ExperimentConfig): boolean =>
  assignment.strategy.startsWith('expertise-matched');

/** Of all that there is, what an experiment depends on. Whatever else is changed is none of its business. */
export function dependenciesOf(
  config: ExperimentConfig,
  all: ExperimentDependencies,
): ExperimentDependencies {
  const entries = entriesOf(config, all.games);
  const games = [...new Set(entries.values())].toSorted((one, other) =>
    one.file.name < other.file.name ? -1 : 1,
  );
  if (comparesLabels(config)) return { games, characters: all.characters };
  const cast = new Set(
    poolGames(config, entries, all.characters).flatMap(({ pcs, npcs }) => [...pcs, ...npcs]),
  );
  return { games, characters: all.characters.filter(({ sheet }) => cast.has(sheet.hid)) };
}

export function pinned({ games, characters }: ExperimentDependencies): PinnedDependencies {
  return {
    games: games.map(({ file }) => file),
    characters: characters.map(({ sheet, revision }) => ({ hid: sheet.hid, revision })),
  };
}
