import type { ExperimentConfig } from '@dcs/engine';
import { CALL_SCOPES } from '../store/ports.ts';
import type { CallScope } from '../store/ports.ts';
import type { Amount } from './account.ts';

/** What one experiment lets models use, by whom they are asked for; a scope that is left out is not limited. */
export type CapsOfExperiment = Readonly<Partial<Record<CallScope, Amount>>>;

/** What experiments let models use, beside what the settings do. */
export interface ExperimentCaps {
  /** Empty for an experiment that limits nothing, or that is not known here. */
  of(experimentId: string): CapsOfExperiment;
  /** From now on the experiment goes by these. */
  put(experimentId: string, caps: ExperimentConfig['caps']): void;
}

const NO_CAPS: CapsOfExperiment = {};

type Cap = NonNullable<ExperimentConfig['caps'][CallScope]>;

const amountOf = ({ tokens, dollars, seconds }: Cap): Amount => ({
  tokens: tokens ?? Infinity,
  dollars: dollars ?? Infinity,
  ms: seconds === undefined ? Infinity : seconds * 1000,
});

export function createExperimentCaps(): ExperimentCaps {
  const known = new Map<string, CapsOfExperiment>();
  return {
    of: (experimentId) => known.get(experimentId) ?? NO_CAPS,
    put: (experimentId, caps) => {
      const limited = CALL_SCOPES.flatMap((scope) => {
        const cap = caps[scope];
        return cap === undefined ? [] : [[scope, amountOf(cap)] as const];
      });
      known.set(experimentId, Object.fromEntries(limited));
    },
  };
}
