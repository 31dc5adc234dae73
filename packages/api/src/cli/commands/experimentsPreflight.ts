import { DEFAULT_POPULATION, onePrice, preflightReport, simulateExperiment, withPrices } from '@dcs/engine';
import type { PreflightReport } from '@dcs/engine';
import { plannedFrom } from '../../services/experiments/plannedFrom.ts';
import { EXIT } from '../cliFailure.ts';
import type { ExitCode } from '../cliFailure.ts';
import type { CliIo } from '../io.ts';
import { findExperiment, offeredIn, readExperiments } from './experiments.ts';
import type { ExperimentFolders } from './experiments.ts';
import { preflightLines } from './experimentsPreflightLines.ts';

export interface PreflightOptions extends ExperimentFolders {
  readonly name: string;
  /** How many people come; left out, as many as may take part. */
  readonly participants?: number;
  readonly seed: string;
  /** Of each call to a model; left out, what they cost is not known. */
  readonly dollarsPerCall?: number;
  readonly json?: boolean;
}

export interface PreflightPorts {
  /** Epoch ms. */
  readonly now: () => number;
}

/** How many people come to an experiment without a limit. */
const PARTICIPANTS = 100;

/**
 * `dcs experiments preflight`: simulates an experiment as its file says it now, with nobody real and no model. Opens no
 * database and no connection.
 */
export async function preflight(
  io: CliIo,
  options: PreflightOptions,
  { now }: PreflightPorts,
): Promise<ExitCode> {
  const { dollarsPerCall } = options;
  const catalog = await readExperiments(options);
  const experiment = findExperiment(catalog, options.name);
  const planned = plannedFrom(offeredIn(catalog, experiment));
  const report: PreflightReport = preflightReport(
    simulateExperiment({
      planned,
      participants: options.participants ?? experiment.config.quotas.participants ?? PARTICIPANTS,
      seed: options.seed,
      startsAt: now(),
      population: withPrices(
        DEFAULT_POPULATION,
        dollarsPerCall === undefined ? {} : onePrice(dollarsPerCall),
      ),
    }),
  );
  if (options.json) io.json(report);
  else for (const line of preflightLines(report)) io.line(line);
  return report.verdict.readiness === 'not ready' ? EXIT.failed : EXIT.ok;
}
