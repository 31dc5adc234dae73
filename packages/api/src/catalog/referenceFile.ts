import { z } from 'zod';
import type { CatalogCharacter, LoadedCharacters } from './characters.ts';
import { formatPath } from './problem.ts';
import type { CatalogProblem } from './problem.ts';
import { characterSheetFromReference } from './referenceFormat.ts';
import { characterRevision } from './revision.ts';
import { fileProblem, readTextFile } from './textFile.ts';

/** A dump of a study has some hundreds of kilobytes. */
const MAX_DUMP_BYTES = 8 * 1024 * 1024;
const MAX_RECORDS = 5_000;

const recordsSchema = z.array(z.unknown()).max(MAX_RECORDS);

/** The records of a dump; `null` when it is none. */
function readRecords(text: string): readonly unknown[] | null {
  try {
    return recordsSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null; // not JSON
  }
}

/**
 * Reads the characters of a dump in the snake_case format: one JSON file with a list of records. As `loadCharacters`, a
 * record with an error is left out and the others are kept. Problems name the record by its place in the list, from 0.
 */
export async function loadReferenceFile(file: string): Promise<LoadedCharacters> {
  const read = await readTextFile(file, MAX_DUMP_BYTES);
  if (!read.ok) return { characters: [], problems: [read.problem] };
  const records = readRecords(read.text);
  if (records === null) {
    const message = `is not a JSON list of at most ${MAX_RECORDS} characters`;
    const fix = 'Give a dump of characters, or a folder with one file for each.';
    return { characters: [], problems: [fileProblem(file, 'file/not-a-dump', { message, fix })] };
  }
  const problems: CatalogProblem[] = [];
  const byHid = new Map<string, CatalogCharacter>();
  for (const [index, record] of records.entries()) {
    const result = characterSheetFromReference(record);
    if (!result.ok) {
      for (const { path, reason, ...words } of result.problems)
        problems.push({ ...fileProblem(file, reason, words), path: formatPath([index, ...path]) });
      continue;
    }
    const { sheet } = result;
    if (byHid.has(sheet.hid)) {
      const words = { message: `is ${sheet.hid} once more`, fix: 'Keep one of the two.' };
      const path = formatPath([index, 'hid']);
      problems.push({ ...fileProblem(file, 'character/duplicate-hid', words), path });
    } else byHid.set(sheet.hid, { sheet, revision: characterRevision(sheet), file });
  }
  return { characters: [...byHid.values()], problems };
}
