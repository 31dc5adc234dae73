import type { FieldProblemDto } from '@dcs/api';
import { pathText, readPath } from './sheetPath.ts';

/** What is wrong or doubtful, by the place of the form that it is shown at; the empty text is the sheet as a whole. */
export type PlacedProblems = ReadonlyMap<string, readonly FieldProblemDto[]>;

/** Each problem at its place, or at the nearest one around it that has a control. */
export function placeProblems(
  problems: readonly FieldProblemDto[],
  places: ReadonlySet<string>,
): PlacedProblems {
  const placed = new Map<string, FieldProblemDto[]>();
  for (const problem of problems) {
    const place = nearestPlace(problem.path, places);
    placed.set(place, [...(placed.get(place) ?? []), problem]);
  }
  return placed;
}

function nearestPlace(text: string, places: ReadonlySet<string>): string {
  let path = readPath(text);
  while (path.length > 0 && !places.has(pathText(path))) path = path.slice(0, -1);
  return pathText(path);
}

/** A problem in a sentence, with what to do about it. */
export function problemSentence({ message, fix }: FieldProblemDto): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}. ${fix}`;
}
