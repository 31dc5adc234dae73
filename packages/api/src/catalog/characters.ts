import { characterSheetSchema, characterSheetWarnings } from '@dcs/engine';
import type { CharacterSheet } from '@dcs/engine';
import { basename, extname } from 'node:path';
import { listDataFiles } from './dataFiles.ts';
import { formatPath } from './problem.ts';
import type { CatalogProblem, Position, ValuePath } from './problem.ts';
import { characterRevision } from './revision.ts';
import { readYamlFile } from './yamlFile.ts';

/** A sheet with the revision that names its content. */
export interface CatalogCharacter {
  readonly sheet: CharacterSheet;
  readonly revision: string;
  readonly file: string;
}

/** The usable characters of a folder, in the order of their handles, and everything to mend. */
export interface LoadedCharacters {
  readonly characters: readonly CatalogCharacter[];
  readonly problems: readonly CatalogProblem[];
}

interface ReadSheet extends CatalogCharacter {
  readonly positionOf: (path: ValuePath) => Position;
}

function warningsOf({ sheet, file, positionOf }: ReadSheet): CatalogProblem[] {
  return characterSheetWarnings(sheet).map(({ reason, path, message }) => ({
    severity: 'warning',
    file,
    path: formatPath(path),
    ...positionOf(path),
    reason,
    message: `deserves a look: ${message}`,
    fix: 'See seeds/README.md.',
  }));
}

function handleProblem(
  read: ReadSheet,
  words: { reason: string; message: string; fix: string },
): CatalogProblem {
  return { severity: 'error', file: read.file, path: 'hid', ...read.positionOf(['hid']), ...words };
}

function nameProblems(read: ReadSheet): CatalogProblem[] {
  const { hid } = read.sheet;
  const name = basename(read.file, extname(read.file));
  if (name === hid) return [];
  const message = `is ${hid}, but the file is named ${name}`;
  const fix = `Rename the file to ${hid}${extname(read.file)} or change the hid.`;
  return [handleProblem(read, { reason: 'character/file-name', message, fix })];
}

function duplicateProblem(read: ReadSheet, first: ReadSheet): CatalogProblem {
  const message = `is ${read.sheet.hid}, which ${first.file} already has`;
  return handleProblem(read, { reason: 'character/duplicate-hid', message, fix: 'Choose another hid.' });
}

/**
 * Reads every sheet of a folder. A sheet with an error is left out and the others are kept; of two with the same
 * handle the first by file name stays.
 */
export async function loadCharacters(folder: string): Promise<LoadedCharacters> {
  const { files, problems: folderProblems } = await listDataFiles(folder);
  const problems = [...folderProblems];
  const byHid = new Map<string, ReadSheet>();
  for (const file of files) {
    const result = await readYamlFile(file, characterSheetSchema);
    if (!result.ok) {
      problems.push(...result.problems);
      continue;
    }
    const { value: sheet, positionOf } = result;
    const read: ReadSheet = { sheet, revision: characterRevision(sheet), file, positionOf };
    problems.push(...nameProblems(read), ...warningsOf(read));
    const first = byHid.get(sheet.hid);
    if (first === undefined) byHid.set(sheet.hid, read);
    else problems.push(duplicateProblem(read, first));
  }
  const characters = [...byHid.values()]
    .map(({ sheet, revision, file }): CatalogCharacter => ({ sheet, revision, file }))
    .toSorted((a, b) => (a.sheet.hid < b.sheet.hid ? -1 : 1));
  return { characters, problems };
}
