import path from 'node:path';

/** A place in a file, counted from 1 as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Something in a data file that a person has to mend. Errors keep the file from being used, warnings do not. */
export interface CatalogProblem extends Position {
  readonly severity: 'error' | 'warning';
  readonly file: string;
  /** Where in the document, e.g. `senses.extra[0].name`; empty for the document as a whole. */
  readonly path: string;
  /** Stable and namespaced, e.g. `yaml/syntax`, `schema/missing-field`, `character/duplicate-hid`. */
  readonly reason: string;
  /** What is wrong. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
}

/** Keys and indices from the root of a document to one of its values. */
export type ValuePath = readonly PropertyKey[];

/** `['senses', 'extra', 0]` as `senses.extra[0]`. */
export function formatPath(steps: ValuePath): string {
  return steps
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`,
    )
    .join('');
}

/** One line that editors and terminals turn into a link: `file:line:column: error path: message. fix`. */
export function formatProblem(problem: CatalogProblem): string {
  const place = `${problem.file}:${problem.line}:${problem.column}`;
  const subject = problem.path === '' ? '' : ` ${problem.path}`;
  return `${place}: ${problem.severity}${subject} ${problem.message}. ${problem.fix}`;
}

/** Errors and warnings by file and place, so that a reader works from top to bottom. */
export function sortProblems(problems: readonly CatalogProblem[]): readonly CatalogProblem[] {
  const order = (a: CatalogProblem, b: CatalogProblem): number =>
    (a.file < b.file ? -1 : Number(a.file > b.file)) || a.line - b.line || a.column - b.column;
  return problems.toSorted(order);
}

/** The same, with files named as seen from a folder. */
export function seenFrom(folder: string, problems: readonly CatalogProblem[]): readonly CatalogProblem[] {
  return problems.map((problem) => ({ ...problem, file: path.relative(folder, problem.file) }));
}
