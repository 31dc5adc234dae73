import type { ExperimentConfig } from '@dcs/engine';
import type { ConfigProblem } from '../configProblem.ts';
import type { ExperimentWorld } from '../world.ts';

/** A top-level key of an experiment. */
export type Section = keyof ExperimentConfig;

/** What a schema cannot say of an experiment. */
export interface Rule {
  /** The sections that it looks at. It is left out where the schema has already refused one of them. */
  readonly reads: readonly Section[];
  readonly find: (config: ExperimentConfig, world: ExperimentWorld) => readonly ConfigProblem[];
}
