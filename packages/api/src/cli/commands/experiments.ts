import { builtInGames, createGameRegistry, variantOf } from '@dcs/engine';
import { loadCatalog } from '../../catalog/index.ts';
import type { CatalogExperiment } from '../../catalog/experiments/loadExperiments.ts';
import type { Catalog } from '../../catalog/index.ts';
import { nearest } from '../../catalog/nearest.ts';
import { offeredFrom } from '../../services/experiments/plannedFrom.ts';
import type { OfferedExperiment } from '../../services/experiments/plannedFrom.ts';
import { CliFailure, EXIT } from '../cliFailure.ts';
import type { ExitCode } from '../cliFailure.ts';
import type { CliIo } from '../io.ts';
import { shownPath } from '../projectFolders.ts';
import { table } from '../table.ts';

/** Where the files are that an experiment is made of. */
export interface ExperimentFolders {
  readonly experiments: string;
  readonly games: string;
  readonly seeds: string;
}

export interface ExperimentsOptions extends ExperimentFolders {
  readonly json?: boolean;
}

export const readExperiments = ({ experiments, games, seeds }: ExperimentFolders): Promise<Catalog> =>
  loadCatalog({
    experimentsDir: shownPath(experiments),
    gamesDir: shownPath(games),
    seedsDir: shownPath(seeds),
    games: builtInGames,
  });

/** The same with the games and characters of the other files. */
export function offeredIn(
  { gameFiles, characters }: Catalog,
  { config }: CatalogExperiment,
): OfferedExperiment {
  const files = gameFiles.map(({ gameFile }) => gameFile);
  const { entries: games } = createGameRegistry(builtInGames, files);
  return offeredFrom(config, { games, characters });
}

const hasErrors = ({ problems }: Catalog): boolean => problems.some(({ severity }) => severity === 'error');

/** Whatever the case of `name`. Throws CliFailure when there is none that can be used. */
export function findExperiment(catalog: Catalog, name: string): CatalogExperiment {
  const names = catalog.experiments.map(({ config }) => config.name);
  const found = catalog.experiments.find(({ config }) => config.name === name.toLowerCase());
  if (found !== undefined) return found;
  const meant = nearest(name, names);
  const hint =
    meant === undefined
      ? names.length === 0
        ? ''
        : ` There are: ${names.join(', ')}.`
      : ` Did you mean ${meant}?`;
  const errors = hasErrors(catalog) ? ' Some files have errors; "dcs check" names them.' : '';
  throw new CliFailure(`There is no experiment ${name}.${hint}${errors}`);
}

const periodOf = ({ opens, closes }: CatalogExperiment['config']): string =>
  [opens === undefined ? '' : `from ${opens}`, closes === undefined ? '' : `until ${closes}`]
    .filter((part) => part !== '')
    .join(' ');

/** `dcs experiments list`: what the files say, as far as it can be used. Opens no database and no connection. */
export async function listExperiments(io: CliIo, options: ExperimentsOptions): Promise<ExitCode> {
  const catalog = await readExperiments(options);
  if (options.json) {
    io.json(
      catalog.experiments.map((experiment) => {
        const { config, file } = experiment;
        return {
          name: config.name,
          title: config.title ?? config.name,
          revision: offeredIn(catalog, experiment).revision,
          file,
          strategy: config.assignment.strategy,
          games: config.games.map(variantOf),
          forms: config.forms.map(({ name }) => name),
          quotas: config.quotas,
          opens: config.opens ?? null,
          closes: config.closes ?? null,
        };
      }),
    );
  } else {
    const rows = catalog.experiments.map(({ config }) => [
      config.name,
      config.assignment.strategy,
      config.games.map(variantOf).join(', '),
      periodOf(config),
    ]);
    for (const line of table(rows, 4)) io.line(line);
  }
  if (hasErrors(catalog)) io.note('Some files have errors and are left out; "dcs check" names them.');
  return EXIT.ok;
}
