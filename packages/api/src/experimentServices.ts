import { randomUUID } from 'node:crypto';
import type { AppPorts } from './appPorts.ts';
import type { Core } from './core.ts';
import { createExperimentAdminService } from './services/experiments/experimentAdminService.ts';
import type { ExperimentAdminService } from './services/experiments/experimentAdminService.ts';
import { createExperimentExports } from './services/experiments/experimentExports.ts';
import type { ExperimentExports } from './services/experiments/experimentExports.ts';
import { createExperimentService } from './services/experiments/experimentService.ts';
import type { ExperimentService } from './services/experiments/experimentService.ts';
import { offeredHere } from './services/experiments/offeredHere.ts';
import { createFormAnswers } from './services/experiments/formAnswers.ts';
import { createRehearse } from './services/experiments/rehearse.ts';

export interface ExperimentServices {
  readonly experiments: ExperimentService;
  readonly experimentAdmin: ExperimentAdminService;
  readonly experimentExports: ExperimentExports;
}

/** Puts the services of experiments together. */
export function createExperimentServices(ports: AppPorts, core: Core): ExperimentServices {
  const { stores, personalData, clock, timers, games } = ports;
  const { manager } = core;
  const { manager: experiments, plans, endings } = core.experiments;
  const shared = { experiments, endings, manager };
  const { mode, defaultExperiment } = ports.settings;
  return {
    experiments: createExperimentService({
      ...shared,
      plans: offeredHere(plans, { mode, defaultExperiment }),
      answers: createFormAnswers({ forms: stores.forms, personalData, clock }),
    }),
    experimentAdmin: createExperimentAdminService({
      ...shared,
      plans,
      sessions: stores.sessions,
      calls: stores.modelCalls,
      audit: stores.audit,
      modelPlayers: core.modelPlayers,
      alerts: core.experiments.alerts,
      rehearse: createRehearse(),
      clock,
      timers,
      newId: () => randomUUID(),
    }),
    experimentExports: createExperimentExports({
      stores,
      games: games.entries.map(({ game }) => game),
      plans,
      personalData,
      audit: stores.audit,
      clock,
      engineVersion: ports.settings.version,
      newId: () => randomUUID(),
      onFault: (err, experiment) =>
        ports.logger.warn({ err, experiment }, 'The files of an export could not be cleared away.'),
    }),
  };
}
