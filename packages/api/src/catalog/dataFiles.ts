import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { CatalogProblem } from './problem.ts';

/** More files than this in one folder is a wrong folder. */
const MAX_FILES = 5000;

const DATA_EXTENSIONS = ['.yaml', '.yml', '.json'];

/** The data files of a folder in the order of their names, and what else was wrong with the folder. */
export interface DataFiles {
  readonly files: readonly string[];
  readonly problems: readonly CatalogProblem[];
}

function folderProblem(
  folder: string,
  severity: CatalogProblem['severity'],
  words: { reason: string; message: string; fix: string },
): CatalogProblem {
  return { severity, file: folder, line: 1, column: 1, path: '', ...words };
}

async function namesIn(folder: string): Promise<readonly string[] | null> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name);
  } catch {
    return null;
  }
}

function strayFile(file: string): CatalogProblem {
  return folderProblem(file, 'warning', {
    reason: 'file/not-read',
    message: 'is neither YAML nor JSON and was not read',
    fix: 'Name it .yaml if it is data, or move it elsewhere.',
  });
}

/** Lists a folder. JSON Schema files and Markdown are not data; a folder that is missing is a problem. */
export async function listDataFiles(folder: string): Promise<DataFiles> {
  const names = await namesIn(folder);
  if (names === null) {
    const fix = 'Create it or correct the path.';
    const words = { reason: 'folder/unreadable', message: 'is not a folder that can be read', fix };
    return { files: [], problems: [folderProblem(folder, 'error', words)] };
  }
  if (names.length > MAX_FILES) {
    const message = `holds more than ${MAX_FILES} files`;
    const words = { reason: 'folder/too-many-files', message, fix: 'Correct the path or divide the folder.' };
    return { files: [], problems: [folderProblem(folder, 'error', words)] };
  }
  const candidates = names
    .filter((name) => !name.endsWith('.schema.json') && extname(name) !== '.md')
    .toSorted();
  const isData = (name: string): boolean => DATA_EXTENSIONS.includes(extname(name));
  return {
    files: candidates.filter(isData).map((name) => join(folder, name)),
    problems: candidates.filter((name) => !isData(name)).map((name) => strayFile(join(folder, name))),
  };
}
