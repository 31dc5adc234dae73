import type { CharacterSheet, GameFile } from '@dcs/engine';
import type { CatalogGame, FindModelProblems } from '../gameFiles.ts';

/** A game that is offered here: its rules and the file that configures them. */
export interface OfferedGame {
  readonly game: CatalogGame;
  readonly file: GameFile;
}

/** What an experiment is checked against. */
export interface ExperimentWorld {
  readonly offered: readonly OfferedGame[];
  /** Names of all games that there are rules for, offered or not. */
  readonly gameNames: readonly string[];
  readonly characters: readonly CharacterSheet[];
  readonly modelProblems: FindModelProblems;
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '');

/** Whether two names mean the same game: spaces, hyphens, underscores and case do not matter. */
export function isSameName(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

/** The game that an experiment means, by its name or title. */
export function offeredGame(world: ExperimentWorld, nameOrTitle: string): OfferedGame | undefined {
  return world.offered.find(
    ({ game, file }) => isSameName(game.name, nameOrTitle) || isSameName(file.title, nameOrTitle),
  );
}
