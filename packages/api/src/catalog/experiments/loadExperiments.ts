import { experimentSchema, once } from '@dcs/engine';
import type { ExperimentConfig } from '@dcs/engine';
import { basename, extname } from 'node:path';
import { z } from 'zod';
import { listDataFiles } from '../dataFiles.ts';
import { formatPath } from '../problem.ts';
import type { CatalogProblem, Position, ValuePath } from '../problem.ts';
import { readYamlDocument } from '../yamlFile.ts';
import type { YamlData } from '../yamlFile.ts';
import { checkConfig, parseConfig } from './checkConfig.ts';
import type { ParsedConfig } from './checkConfig.ts';
import { fault } from './configProblem.ts';
import type { ConfigProblem } from './configProblem.ts';
import { readKeys } from './keys/readKeys.ts';
import { nameOfFile } from './nameOfFile.ts';
import type { ExperimentWorld } from './world.ts';

/** An experiment's file, checked against all that it names. */
export interface CatalogExperiment {
  /** With everything filled in, games by their names and the games of triggers by their variants. */
  readonly config: ExperimentConfig;
  readonly file: string;
  /** Where the file says what, by paths of `config`. */
  readonly positionOf: (path: ValuePath) => Position;
}

/** The usable experiments of a folder and everything to mend. */
export interface LoadedExperiments {
  readonly experiments: readonly CatalogExperiment[];
  readonly problems: readonly CatalogProblem[];
}

const namedSchema = z.object({ name: experimentSchema.shape.name });

/** The name that a file gives, whatever else is wrong with it; `null` where there is none that can be used. */
function nameIn({ data }: ParsedConfig): string | null {
  return namedSchema.safeParse(data).data?.name ?? null;
}

function otherName(name: string, file: string): readonly ConfigProblem[] {
  if (nameOfFile(file) === name) return [];
  const message = `is ${name}, but the file is named ${basename(file, extname(file))}`;
  const fix = `Rename the file to ${name}${extname(file)} or change the name.`;
  return [fault(['name'], { reason: 'experiment/file-name', message, fix })];
}

function sameName(name: string, earlier: readonly CatalogExperiment[]): readonly ConfigProblem[] {
  const first = earlier.find(({ config }) => config.name === name);
  if (first === undefined) return [];
  const message = `is ${name}, which ${first.file} already has`;
  return [fault(['name'], { reason: 'experiment/duplicate', message, fix: 'Keep one of the two files.' })];
}

/** What older systems let pass: files that were written for them should not be refused for it. */
const LEGAL_IN_OLDER: ReadonlySet<string> = new Set([
  'experiment/file-name',
  'experiment/expertise-not-asked',
  'experiment/more-than-games',
]);

function asOlder(problem: ConfigProblem): ConfigProblem {
  return LEGAL_IN_OLDER.has(problem.reason) ? { ...problem, severity: 'warning' } : problem;
}

/** What a document says by itself. It cannot change, and is asked about whenever anybody looks at what there is. */
const understood = once(({ data }: YamlData) => {
  const keys = readKeys(data);
  return { keys, parsed: parseConfig(keys.data) };
});

interface ReadFile {
  readonly experiment: CatalogExperiment | null;
  readonly problems: readonly CatalogProblem[];
}

async function readExperiment(
  file: string,
  world: ExperimentWorld,
  earlier: readonly CatalogExperiment[],
): Promise<ReadFile> {
  const document = await readYamlDocument(file);
  if (!document.ok) return { experiment: null, problems: document.problems };
  const { keys, parsed } = understood(document);
  const { config, problems: ofConfig } = checkConfig(parsed, world);
  const name = nameIn(parsed);
  const named = name === null ? [] : [...otherName(name, file), ...sameName(name, earlier)];
  const found = [...ofConfig, ...named].map((problem) => (keys.isOlder ? asOlder(problem) : problem));
  const written = [
    ...keys.problems,
    ...found.map((problem) => ({ ...problem, path: keys.writtenAt(problem.path) })),
  ];
  const problems = written.map(({ path, ...words }) => ({
    file,
    path: formatPath(path),
    ...document.positionOf(path),
    ...words,
  }));
  if (config === null || written.some(({ severity }) => severity === 'error')) {
    return { experiment: null, problems };
  }
  const positionOf = (path: ValuePath): Position => document.positionOf(keys.writtenAt(path));
  return { experiment: { config, file, positionOf }, problems };
}

/** Reads every experiment of a folder and checks it. One with an error is left out. Without a folder there are none. */
export async function loadExperiments(folder: string, world: ExperimentWorld): Promise<LoadedExperiments> {
  const { files, problems: folderProblems } = await listDataFiles(folder);
  const problems = folderProblems.filter(({ reason }) => reason !== 'folder/unreadable');
  const experiments: CatalogExperiment[] = [];
  for (const file of files) {
    const read = await readExperiment(file, world, experiments);
    problems.push(...read.problems);
    if (read.experiment !== null) experiments.push(read.experiment);
  }
  return { experiments, problems };
}
