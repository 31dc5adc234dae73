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

/** A problem with what to do about it, to go after the name of its field. */
export const problemWords = ({ message, fix }: FieldProblemDto): string => `${message}. ${fix}`;

/** A problem in a sentence that stands at `place`: about that, or about something within that has no place of its own. */
export function problemSentence(problem: FieldProblemDto, place: string): string {
  const inside = pathText(readPath(problem.path).slice(readPath(place).length));
  const subject = inside !== '' ? inside : place === '' ? 'The sheet' : 'This';
  return `${subject} ${problemWords(problem)}`;
}
