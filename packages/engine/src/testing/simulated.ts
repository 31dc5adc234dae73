import { DEFAULT_POPULATION } from '../experiments/preflight/population.ts';
import type { Population } from '../experiments/preflight/population.ts';
import { simulateExperiment } from '../experiments/preflight/simulateExperiment.ts';
import type { Simulation, SimulationInput } from '../experiments/preflight/simulateExperiment.ts';
import { plannedExample } from './experimentTable.ts';

/** People who do everything that they are asked. */
export const steadfast: Population = {
  ...DEFAULT_POPULATION,
  dropOut: { form: 0, assignment: 0, session: 0 },
};

/** A simulation of an experiment whose file says nothing but this. */
export const simulated = (
  file: Readonly<Record<string, unknown>>,
  input: Partial<SimulationInput> = {},
): Simulation =>
  simulateExperiment({
    planned: plannedExample(file),
    participants: 40,
    seed: 'a',
    startsAt: 1_800_000_000_000,
    population: steadfast,
    ...input,
  });
