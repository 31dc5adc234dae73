import { isFields, isSame } from './sheetPath.ts';
import type { Fields, SheetPath } from './sheetPath.ts';

/** A part of a sheet that is not as it was. */
export interface SheetChange {
  readonly path: SheetPath;
  /** `undefined` where there was nothing. */
  readonly before: unknown;
  /** `undefined` where there is nothing any more. */
  readonly after: unknown;
}

/** What has changed, field by field; a list, and what comes or goes as a whole, is one change. */
export function changesBetween(
  before: unknown,
  after: unknown,
  path: SheetPath = [],
): readonly SheetChange[] {
  if (isSame(before, after)) return [];
  if (!isFields(before) || !isFields(after)) return [{ path, before, after }];
  return namesOf(before, after).flatMap((name) => changesBetween(before[name], after[name], [...path, name]));
}

const namesOf = (...values: readonly Fields[]): readonly string[] => [
  ...new Set(values.flatMap((value) => Object.keys(value))),
];

interface Versions {
  /** What both started from. */
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

/** Both changes to the same sheet in one. What both have changed stays as it is in mine. */
export function mergeSheets({ base, mine, theirs }: Versions): unknown {
  if (isSame(mine, base)) return theirs;
  if (!isFields(mine) || !isFields(theirs)) return mine;
  const common: Fields = isFields(base) ? base : {};
  const merged = namesOf(theirs, mine).map((name): [string, unknown] => [
    name,
    mergeSheets({ base: common[name], mine: mine[name], theirs: theirs[name] }),
  ]);
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
}
