import { builtInGames } from '@dcs/engine';
import {
  checkCatalog,
  formatCatalogReport,
  formatProblem,
  loadCatalog,
  sortProblems,
} from '../../catalog/index.ts';
import { loadAttacks } from '../../injection/loadAttacks.ts';
import { EXIT } from '../cliFailure.ts';
import type { ExitCode } from '../cliFailure.ts';
import type { CliIo } from '../io.ts';
import { shownPath } from '../projectFolders.ts';

export interface CheckOptions {
  readonly games: string;
  readonly experiments: string;
  readonly seeds: string;
  readonly attacks: string;
  readonly json?: boolean;
}

/** `dcs check`: reads all data files and names every problem with its place. Opens no database and no connection. */
export async function check(io: CliIo, options: CheckOptions): Promise<ExitCode> {
  const catalog = await loadCatalog({
    gamesDir: shownPath(options.games),
    experimentsDir: shownPath(options.experiments),
    seedsDir: shownPath(options.seeds),
    games: builtInGames,
  });
  const { attacks, problems } = await loadAttacks(shownPath(options.attacks));
  const report = checkCatalog({ ...catalog, problems: sortProblems([...catalog.problems, ...problems]) });
  if (options.json) io.json({ ...report, attacks: attacks.length });
  else {
    for (const problem of report.problems) io.line(formatProblem(problem));
    io.line(`${attacks.length} attacks`);
    io.line(formatCatalogReport({ ...report, problems: [] }));
  }
  return report.ok ? EXIT.ok : EXIT.failed;
}
