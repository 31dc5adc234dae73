import type { CharacterStore, ExperimentConfig, GameRegistry } from '@dcs/engine';
import path from 'node:path';
import { loadExperiments, seenFrom, sortProblems } from './catalog/index.ts';
import type { CatalogProblem, FindModelProblems } from './catalog/index.ts';

export interface ExperimentFilesPorts {
  /** The folder with `experiments/`. */
  readonly projectDir: string;
  readonly games: GameRegistry;
  /** Names of all games that there are rules for, offered or not. */
  readonly gameNames: readonly string[];
  readonly characters: Pick<CharacterStore, 'current'>;
  readonly modelProblems: FindModelProblems;
  /** Offered beside those that have a file. */
  readonly more: readonly ExperimentConfig[];
}

/** The files of experiments, which researchers write while the server runs. */
export interface ExperimentFiles {
  /** Those that could be used when they were read last. */
  readonly offered: readonly ExperimentConfig[];
  /** What was to be mended then; files are named as seen from the project. */
  readonly problems: readonly CatalogProblem[];
  /** Reads them again; asked again meanwhile, it is the same reading. */
  reread(): Promise<void>;
}

/** Resolves when they have been read for the first time. */
export async function openExperimentFiles(ports: ExperimentFilesPorts): Promise<ExperimentFiles> {
  const { projectDir, games, gameNames, characters, modelProblems, more } = ports;
  let offered: readonly ExperimentConfig[] = more;
  let problems: readonly CatalogProblem[] = [];
  let reading: Promise<void> | null = null;

  async function read(): Promise<void> {
    const current = await characters.current();
    const found = await loadExperiments(path.join(projectDir, 'experiments'), {
      offered: games.entries,
      gameNames,
      characters: current.map(({ sheet }) => sheet),
      modelProblems,
    });
    offered = [...found.experiments.map(({ config }) => config), ...more];
    problems = seenFrom(projectDir, sortProblems(found.problems));
  }

  const reread = (): Promise<void> => {
    reading ??= read().finally(() => {
      reading = null;
    });
    return reading;
  };
  await reread();
  return {
    get offered() {
      return offered;
    },
    get problems() {
      return problems;
    },
    reread,
  };
}
