import {
  GAME_ROLES,
  gameFileSchema,
  isCharacterFilterName,
  parseStoppingCondition,
  STOPPING_ATTRIBUTES,
} from '@dcs/engine';
import type { Game, GameFile } from '@dcs/engine';
import { basename, extname } from 'node:path';
import { z } from 'zod';
import { listDataFiles } from './dataFiles.ts';
import { nearest } from './nearest.ts';
import { formatPath } from './problem.ts';
import type { CatalogProblem, Position, ValuePath } from './problem.ts';
import { schemaProblems } from './schemaProblems.ts';
import { readYamlFile } from './yamlFile.ts';

/** What the loader has to know of a game to check its file, and the experiments that have it. */
export type CatalogGame = Pick<Game, 'name' | 'configSchema' | 'seats'>;

/** A game's file, checked against the game. `config` is as written; the game's schema fills in the rest. */
export interface CatalogGameFile {
  readonly gameFile: GameFile;
  readonly file: string;
  /** Where the file says what, for problems that show only beside other files. */
  readonly positionOf: (path: ValuePath) => Position;
}

/** The usable game files of a folder and everything to mend. */
export interface LoadedGameFiles {
  readonly gameFiles: readonly CatalogGameFile[];
  readonly problems: readonly CatalogProblem[];
}

type Words = Pick<CatalogProblem, 'reason' | 'message' | 'fix'>;

/** A problem at a place in a game file. */
export function gameFileProblem(read: CatalogGameFile, path: ValuePath, words: Words): CatalogProblem {
  return { severity: 'error', file: read.file, path: formatPath(path), ...read.positionOf(path), ...words };
}

function nameProblems(read: CatalogGameFile, games: readonly CatalogGame[]): CatalogProblem[] {
  const { name } = read.gameFile;
  const fileName = basename(read.file, extname(read.file));
  const problems: CatalogProblem[] = [];
  if (fileName !== name) {
    const message = `is ${name}, but the file is named ${fileName}`;
    const fix = `Rename the file to ${name}${extname(read.file)} or change the name.`;
    problems.push(gameFileProblem(read, ['name'], { reason: 'game/file-name', message, fix }));
  }
  const known = games.map((game) => game.name);
  if (!known.includes(name)) {
    const meant = nearest(name, known);
    const fix =
      meant === undefined ? `Use one of: ${known.join(', ') || 'none yet'}.` : `Did you mean ${meant}?`;
    const message = `is ${name}, and there is no such game`;
    problems.push(gameFileProblem(read, ['name'], { reason: 'game/unknown', message, fix }));
  }
  return problems;
}

const configValues = z.record(z.string(), z.unknown());

function conditionProblems(
  read: CatalogGameFile,
  config: Readonly<Record<string, unknown>>,
): CatalogProblem[] {
  const { stoppingConditions } = read.gameFile;
  return STOPPING_ATTRIBUTES.flatMap((attribute) =>
    (stoppingConditions[attribute] ?? []).flatMap((comparison, index) => {
      const parsed = parseStoppingCondition(attribute, comparison, config);
      if (parsed.ok) return [];
      const message = `is not a usable condition: ${parsed.message.replace(/\.$/, '')}`;
      const fix = 'Use a number, or the name of a number under config.';
      const path = ['stoppingConditions', attribute, index];
      return [gameFileProblem(read, path, { reason: parsed.reason, message, fix })];
    }),
  );
}

function configProblems(read: CatalogGameFile, game: CatalogGame): CatalogProblem[] {
  const { config } = read.gameFile;
  const result = game.configSchema.safeParse(config);
  if (!result.success) {
    return schemaProblems(game.configSchema, config, result.error).map(({ path, ...words }) =>
      gameFileProblem(read, ['config', ...path], words),
    );
  }
  const values = configValues.safeParse(result.data);
  return conditionProblems(read, values.success ? values.data : {});
}

/** Says what is missing, a sentence each, for models to be asked. */
export type FindModelProblems = (models: readonly string[]) => readonly string[];

function modelProblems(read: CatalogGameFile, problemsOf: FindModelProblems): CatalogProblem[] {
  return GAME_ROLES.flatMap((role) =>
    (read.gameFile.models?.[role] ?? []).flatMap((model, index) => {
      const missing = problemsOf([model]);
      if (missing.length === 0) return [];
      const words = { reason: 'game/model-not-set-up', message: `is ${model}, which cannot be asked here` };
      return [gameFileProblem(read, ['models', role, index], { ...words, fix: missing.join(' ') })];
    }),
  );
}

/** The handles, as opposed to filter names, that a game file names under `pcs` or `npcs`. */
export function handlesIn(allowed: readonly string[]): readonly { hid: string; index: number }[] {
  return allowed.map((hid, index) => ({ hid, index })).filter(({ hid }) => !isCharacterFilterName(hid));
}

function duplicateProblems(one: CatalogGameFile, earlier: readonly CatalogGameFile[]): CatalogProblem[] {
  const first = earlier.find(({ gameFile }) => gameFile.name === one.gameFile.name);
  if (first === undefined) return [];
  const message = `is ${one.gameFile.name}, which ${first.file} already configures`;
  return [
    gameFileProblem(one, ['name'], { reason: 'game/duplicate', message, fix: 'Keep one of the two files.' }),
  ];
}

/** What game files are checked against. */
export interface GameFileChecks {
  readonly games: readonly CatalogGame[];
  /** Left out where it cannot be known which models can be asked. */
  readonly modelProblems?: FindModelProblems;
}

/** Reads every game file of a folder and checks it. A file with an error is left out. */
export async function loadGameFiles(
  folder: string,
  { games, modelProblems: problemsOf = () => [] }: GameFileChecks,
): Promise<LoadedGameFiles> {
  const { files, problems: folderProblems } = await listDataFiles(folder);
  const problems = [...folderProblems];
  const gameFiles: CatalogGameFile[] = [];
  for (const file of files) {
    const result = await readYamlFile(file, gameFileSchema);
    if (!result.ok) {
      problems.push(...result.problems);
      continue;
    }
    const one: CatalogGameFile = { gameFile: result.value, file, positionOf: result.positionOf };
    const game = games.find(({ name }) => name === one.gameFile.name);
    const ofGame = game === undefined ? [] : configProblems(one, game);
    const found = [
      ...nameProblems(one, games),
      ...duplicateProblems(one, gameFiles),
      ...ofGame,
      ...modelProblems(one, problemsOf),
    ];
    problems.push(...found);
    if (found.length === 0) gameFiles.push(one);
  }
  return { gameFiles, problems };
}
