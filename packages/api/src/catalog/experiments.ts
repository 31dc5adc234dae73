import { z } from 'zod';
import { listDataFiles } from './dataFiles.ts';
import type { CatalogProblem } from './problem.ts';
import { readYamlFile } from './yamlFile.ts';

const experimentFileSchema = z.record(z.string().max(64), z.json());

/** The experiment files of a folder that are readable, and everything to mend. */
export interface LoadedExperiments {
  readonly files: readonly string[];
  readonly problems: readonly CatalogProblem[];
}

/** Checks that every file of a folder is readable. A folder that is empty or absent means no experiments. */
export async function loadExperiments(folder: string): Promise<LoadedExperiments> {
  const { files, problems: folderProblems } = await listDataFiles(folder);
  const problems = folderProblems.filter(({ reason }) => reason !== 'folder/unreadable');
  const readable: string[] = [];
  for (const file of files) {
    const result = await readYamlFile(file, experimentFileSchema);
    if (result.ok) readable.push(file);
    else problems.push(...result.problems);
  }
  return { files: readable, problems };
}
