import type { CatalogProblem, ValuePath } from '../problem.ts';

/** Something to mend in a configuration, before it is given a file and a line. */
export interface ConfigProblem extends Pick<CatalogProblem, 'severity' | 'reason' | 'message' | 'fix'> {
  readonly path: ValuePath;
}

type Words = Pick<ConfigProblem, 'reason' | 'message' | 'fix'>;

/** It keeps the experiment from being used. */
export function fault(path: ValuePath, words: Words): ConfigProblem {
  return { severity: 'error', path, ...words };
}

/** It is legal, and surely not meant. */
export function doubt(path: ValuePath, words: Words): ConfigProblem {
  return { severity: 'warning', path, ...words };
}
