import type { ExperimentCommand, ExperimentManager } from '@dcs/engine';
import { ApiError, orThrow } from '../../errors.ts';

export const unknownExperiment = (): ApiError =>
  new ApiError('experiment/not-found', 'There is no such experiment here. Look in the list of experiments.');

/** Resolves when what a command brought about is durable; throws an ApiError when it is refused. */
export async function decided(
  experiments: Pick<ExperimentManager, 'run'>,
  name: string,
  command: ExperimentCommand,
): Promise<void> {
  const decision = await experiments.run(name, command);
  if (decision === null) throw unknownExperiment();
  orThrow(decision);
}
