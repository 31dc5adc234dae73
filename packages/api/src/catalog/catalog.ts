import { selectCharacters } from '@dcs/engine';
import type { CharacterSheet, GameEntry } from '@dcs/engine';
import { join } from 'node:path';
import { loadCharacters } from './characters.ts';
import type { CatalogCharacter } from './characters.ts';
import { loadExperiments } from './experiments/loadExperiments.ts';
import type { CatalogExperiment } from './experiments/loadExperiments.ts';
import type { ExperimentWorld } from './experiments/world.ts';
import { gameFileProblem, handlesIn, loadGameFiles } from './gameFiles.ts';
import type { CatalogGame, CatalogGameFile, GameFileChecks } from './gameFiles.ts';
import { nearest } from './nearest.ts';
import { sortProblems } from './problem.ts';
import type { CatalogProblem } from './problem.ts';

/** Where the files of games and characters are. Characters are in `characters/` under `seedsDir`. */
export interface CastSources extends GameFileChecks {
  readonly gamesDir: string;
  readonly seedsDir: string;
}

/** Where the data files are, and what they are checked against. */
export interface CatalogSources extends CastSources {
  readonly experimentsDir: string;
  /** Offered beside those that a file configures. */
  readonly moreGames?: readonly GameEntry[];
  /** Kept elsewhere than in files, or changed since: experiments may name them as well. */
  readonly moreCharacters?: readonly CharacterSheet[];
}

/** Who can be played in what, as far as the files are usable, and everything to mend in them. */
export interface CatalogCast {
  readonly characters: readonly CatalogCharacter[];
  readonly gameFiles: readonly CatalogGameFile[];
  readonly problems: readonly CatalogProblem[];
}

/** What the data files say, as far as it is usable, and everything to mend. */
export interface Catalog extends CatalogCast {
  readonly experiments: readonly CatalogExperiment[];
}

function handleProblems(file: CatalogGameFile, characters: readonly CatalogCharacter[]): CatalogProblem[] {
  const hids = characters.map(({ sheet }) => sheet.hid);
  return (['pcs', 'npcs'] as const).flatMap((field) =>
    handlesIn(file.gameFile[field] ?? [])
      .filter(({ hid }) => !hids.includes(hid))
      .map(({ hid, index }) => {
        const meant = nearest(hid, hids);
        const fix =
          meant === undefined ? 'Use a filter name or the hid of a character.' : `Did you mean ${meant}?`;
        const message = `is ${hid}, and there is no such character`;
        return gameFileProblem(file, [field, index], { reason: 'game/unknown-character', message, fix });
      }),
  );
}

function castProblems(file: CatalogGameFile, characters: readonly CatalogCharacter[]): CatalogProblem[] {
  const sheets = characters.map(({ sheet }) => sheet);
  return (['pcs', 'npcs'] as const)
    .filter((field) => {
      const allowed = file.gameFile[field];
      return allowed !== undefined && selectCharacters(sheets, allowed).length === 0;
    })
    .map((field) => {
      const message = 'admits none of the characters, so nobody can play';
      const fix = 'Add a filter or a hid that some character satisfies.';
      return gameFileProblem(file, [field], { reason: 'game/nobody-admitted', message, fix });
    });
}

function missingFiles(
  gamesDir: string,
  games: readonly CatalogGame[],
  found: readonly CatalogGameFile[],
): CatalogProblem[] {
  return games
    .filter(({ name }) => !found.some(({ gameFile }) => gameFile.name === name))
    .map(({ name }) => ({
      severity: 'warning',
      file: join(gamesDir, `${name}.yaml`),
      line: 1,
      column: 1,
      path: '',
      reason: 'game/no-file',
      message: `is missing or unusable, so the game ${name} is not offered`,
      fix: 'Write it or mend it.',
    }));
}

function worldOf(
  { games, moreGames = [], moreCharacters = [], modelProblems = () => [] }: CatalogSources,
  gameFiles: readonly CatalogGameFile[],
  characters: readonly CatalogCharacter[],
): ExperimentWorld {
  const configured = gameFiles.flatMap(({ gameFile }) =>
    games.filter(({ name }) => name === gameFile.name).map((game) => ({ game, file: gameFile })),
  );
  // Of two with the same handle the later one counts.
  const sheets = [...characters.map(({ sheet }) => sheet), ...moreCharacters];
  return {
    offered: [...configured, ...moreGames],
    gameNames: games.map(({ name }) => name),
    characters: [...new Map(sheets.map((sheet) => [sheet.hid, sheet])).values()],
    modelProblems,
  };
}

/** Reads games and characters. Never rejects for what is in their files: unusable ones are left out and named in `problems`. */
export async function loadCast(sources: CastSources): Promise<CatalogCast> {
  const { gamesDir, seedsDir, games } = sources;
  const [{ characters, problems: ofCharacters }, { gameFiles, problems: ofGames }] = await Promise.all([
    loadCharacters(join(seedsDir, 'characters')),
    loadGameFiles(gamesDir, sources),
  ]);
  const problems = [
    ...ofCharacters,
    ...ofGames,
    ...gameFiles.flatMap((file) => handleProblems(file, characters)),
    ...gameFiles.flatMap((file) => castProblems(file, characters)),
    ...missingFiles(gamesDir, games, gameFiles),
  ];
  return { characters, gameFiles, problems: sortProblems(problems) };
}

/** Reads all data files, as `loadCast` reads some. */
export async function loadCatalog(sources: CatalogSources): Promise<Catalog> {
  const cast = await loadCast(sources);
  const { gameFiles, characters } = cast;
  const found = await loadExperiments(sources.experimentsDir, worldOf(sources, gameFiles, characters));
  return {
    ...cast,
    experiments: found.experiments,
    problems: sortProblems([...cast.problems, ...found.problems]),
  };
}
