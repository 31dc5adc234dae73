import { existsSync } from 'node:fs';
import path from 'node:path';

/** The checkout this file is part of: the data files and, unless told otherwise, the database are beneath it. */
export const PROJECT_FOLDER = path.resolve(import.meta.dirname, '../../../..');

/** A folder of the project as a path for people: relative to where they are when that is shorter. */
export function shownPath(file: string): string {
  const relative = path.relative(process.cwd(), file) || '.';
  return relative.length < file.length ? relative : file;
}

export const projectFolder = (name: string): string => path.join(PROJECT_FOLDER, name);

export const isThere = (folder: string): boolean => existsSync(folder);
