import type { CharacterSheet } from '@dcs/engine';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { loadReferenceFile } from '../catalog/index.ts';
import { readTextFile } from '../catalog/textFile.ts';
import { CaseError } from './caseError.ts';
import type { LabelledCase } from './labelledCase.ts';
import { readCases } from './readCases.ts';

const MOST_BYTES = 4 * 1024 * 1024;
const CASE_FILE = /_cases\.json$/;
const CHARACTERS = 'characters.json';

async function readJson(folder: string, file: string): Promise<unknown> {
  const read = await readTextFile(path.join(folder, file), MOST_BYTES);
  if (!read.ok) throw new CaseError(`${file} ${read.problem.message}. ${read.problem.fix}`);
  try {
    return JSON.parse(read.text);
  } catch (cause) {
    throw new CaseError(`${file} is not JSON.`, { cause });
  }
}

async function sheetsIn(folder: string): Promise<ReadonlyMap<string, CharacterSheet>> {
  const { characters, problems } = await loadReferenceFile(path.join(folder, CHARACTERS));
  if (characters.length > 0) return new Map(characters.map(({ sheet }) => [sheet.hid, sheet]));
  const why = problems[0] === undefined ? 'is empty' : problems[0].message;
  throw new CaseError(`${CHARACTERS}, with the characters of the cases, ${why}.`);
}

async function caseFilesIn(folder: string): Promise<readonly string[]> {
  try {
    const files = await readdir(folder);
    return files.filter((file) => CASE_FILE.test(file)).toSorted();
  } catch (cause) {
    throw new CaseError(`${folder} cannot be read. Give a folder with files of labelled cases.`, { cause });
  }
}

/**
 * Reads the labelled cases of a folder: all files whose names end in `_cases.json`, with the characters of its
 * `characters.json`. Rejects with CaseError.
 */
export async function loadCases(folder: string): Promise<readonly LabelledCase[]> {
  const files = await caseFilesIn(folder);
  if (files.length === 0) {
    throw new CaseError(`${folder} holds no labelled cases: no file whose name ends in _cases.json.`);
  }
  const sheets = await sheetsIn(folder);
  const cases: LabelledCase[] = [];
  for (const file of files) {
    const sheetOf = (hid: string, caseId: string): CharacterSheet => {
      const sheet = sheets.get(hid);
      if (sheet === undefined) {
        throw new CaseError(`${file}: ${caseId} needs ${hid}, which ${CHARACTERS} does not describe.`);
      }
      return sheet;
    };
    cases.push(...readCases(await readJson(folder, file), { file, sheetOf }));
  }
  return cases;
}
