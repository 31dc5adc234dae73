import type { Catalog } from './catalog.ts';
import { formatProblem } from './problem.ts';
import type { CatalogProblem } from './problem.ts';

/** The outcome of checking the data files; plain data, fit for `--json`. */
export interface CatalogReport {
  /** False when there is an error. Warnings do not count. */
  readonly ok: boolean;
  readonly characters: number;
  readonly games: number;
  readonly experiments: number;
  readonly errors: number;
  readonly warnings: number;
  readonly problems: readonly CatalogProblem[];
}

/** Sums up a catalogue. */
export function checkCatalog({ characters, gameFiles, experiments, problems }: Catalog): CatalogReport {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return {
    ok: errors === 0,
    characters: characters.length,
    games: gameFiles.length,
    experiments: experiments.length,
    errors,
    warnings: problems.length - errors,
    problems,
  };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** The report as text: one line for each problem, then the totals. */
export function formatCatalogReport(report: CatalogReport): string {
  const found = [
    count(report.characters, 'character'),
    count(report.games, 'game'),
    count(report.experiments, 'experiment'),
  ];
  const faults = [count(report.errors, 'error'), count(report.warnings, 'warning')];
  return [...report.problems.map(formatProblem), `${found.join(', ')}: ${faults.join(', ')}`].join('\n');
}
