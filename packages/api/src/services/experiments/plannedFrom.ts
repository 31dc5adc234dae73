import { planExperiment, readForm } from '@dcs/engine';
import type { CurrentCharacter, ExperimentConfig, GameEntry, PlannedExperiment } from '@dcs/engine';

/** A configuration with the name of its content. */
export interface OfferedExperiment {
  readonly config: ExperimentConfig;
  readonly revision: string;
}

const timeOf = (text: string | undefined): number | null => (text === undefined ? null : Date.parse(text));

/** What an experiment is decided by, with the games and characters that there are now. */
export function plannedFrom(
  { config, revision }: OfferedExperiment,
  games: readonly GameEntry[],
  characters: readonly CurrentCharacter[],
): PlannedExperiment {
  return {
    revision,
    plan: planExperiment(config, games, characters),
    forms: config.forms.map(readForm),
    window: { opensAt: timeOf(config.opens), closesAt: timeOf(config.closes) },
  };
}
