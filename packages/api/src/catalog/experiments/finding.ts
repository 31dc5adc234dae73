import type { CatalogProblem, ValuePath } from '../problem.ts';

/** Something to mend in a configuration, before it is given a file and a line. */
export interface Finding extends Pick<CatalogProblem, 'severity' | 'reason' | 'message' | 'fix'> {
  readonly path: ValuePath;
}

type Words = Pick<Finding, 'reason' | 'message' | 'fix'>;

/** It keeps the experiment from being used. */
export function fault(path: ValuePath, words: Words): Finding {
  return { severity: 'error', path, ...words };
}

/** It is legal, and surely not meant. */
export function doubt(path: ValuePath, words: Words): Finding {
  return { severity: 'warning', path, ...words };
}
