import { basename, extname } from 'node:path';
import { listDataFiles } from '../catalog/dataFiles.ts';
import type { CatalogProblem, ValuePath } from '../catalog/problem.ts';
import { formatPath } from '../catalog/problem.ts';
import { readYamlFile } from '../catalog/yamlFile.ts';
import { attackFileSchema } from './attack.schema.ts';
import type { Attack } from './attack.schema.ts';

/** The usable attacks of a folder, in the order of the files' names, and everything to mend. */
export interface LoadedAttacks {
  readonly attacks: readonly Attack[];
  readonly problems: readonly CatalogProblem[];
}

/** Reads a folder of attacks, one file for each technique, of that name. Never rejects for what is in them. */
export async function loadAttacks(folder: string): Promise<LoadedAttacks> {
  const { files, problems: folderProblems } = await listDataFiles(folder);
  const problems = [...folderProblems];
  const byId = new Map<string, Attack>();
  for (const file of files) {
    const result = await readYamlFile(file, attackFileSchema);
    if (!result.ok) {
      problems.push(...result.problems);
      continue;
    }
    const { technique, attacks } = result.value;
    const problem = (path: ValuePath, words: Pick<CatalogProblem, 'reason' | 'message' | 'fix'>): void =>
      void problems.push({
        severity: 'error',
        file,
        path: formatPath(path),
        ...result.positionOf(path),
        ...words,
      });
    if (basename(file, extname(file)) !== technique) {
      const message = `is ${technique}, but the file is named ${basename(file)}`;
      problem(['technique'], {
        reason: 'attack/file-name',
        message,
        fix: `Name the file ${technique}.yaml.`,
      });
    }
    for (const [index, attack] of attacks.entries()) {
      if (byId.has(attack.id)) {
        const message = `is ${attack.id}, which another attack is called already`;
        problem(['attacks', index, 'id'], {
          reason: 'attack/duplicate-id',
          message,
          fix: 'Choose another id.',
        });
      } else byId.set(attack.id, { ...attack, technique });
    }
  }
  return { attacks: [...byId.values()], problems };
}
