import type { ServerMode } from '../../dto.ts';
import type { ExperimentPlans } from './experimentPlans.ts';

export interface Deployment {
  readonly mode: ServerMode;
  /** `null`: every experiment that has a file is offered. */
  readonly defaultExperiment: string | null;
}

/** The experiments in which people can take part here: none where anybody plays what they like, one where it is for that. */
export function offeredHere(
  plans: ExperimentPlans,
  { mode, defaultExperiment }: Deployment,
): ExperimentPlans {
  const isOffered = (name: string): boolean =>
    mode === 'standard' && (defaultExperiment === null || name === defaultExperiment);
  return {
    ...plans,
    names: async () => (await plans.names()).filter(isOffered),
    nameOf: async (asked) => {
      const name = await plans.nameOf(asked);
      return name !== null && isOffered(name) ? name : null;
    },
  };
}
