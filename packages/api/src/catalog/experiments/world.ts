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
