import { dependenciesOf, pinned, planExperiment, readForm } from '@dcs/engine';
import type { ExperimentConfig, ExperimentDependencies, PlannedExperiment } from '@dcs/engine';
import { experimentRevision } from '../../catalog/index.ts';
import type { ExperimentContent } from '../../catalog/index.ts';

/** What an experiment is, with the name of all that. */
export interface OfferedExperiment extends ExperimentContent {
  readonly revision: string;
}

/** What an experiment would be if it were put in force now, with `all` the games and characters that there are. */
export function offeredFrom(config: ExperimentConfig, all: ExperimentDependencies): OfferedExperiment {
  const dependencies = dependenciesOf(config, all);
  return { config, dependencies, revision: experimentRevision(config, pinned(dependencies)) };
}

const timeOf = (text: string | undefined): number | null => (text === undefined ? null : Date.parse(text));

/** What an experiment is decided by. */
export function plannedFrom({ config, dependencies, revision }: OfferedExperiment): PlannedExperiment {
  return {
    revision,
    plan: planExperiment(config, dependencies),
    forms: config.forms.map(readForm),
    window: { opensAt: timeOf(config.opens), closesAt: timeOf(config.closes) },
  };
}
