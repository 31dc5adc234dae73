import { ModelFailure } from '@dcs/engine';
import type { LanguageModel } from '@dcs/engine';

/** Whether another model might answer where this one did not. */
function isWorthAnother(failure: unknown): failure is ModelFailure {
  return (
    failure instanceof ModelFailure &&
    failure.reason !== 'model/cancelled' &&
    !failure.reason.startsWith('limit/')
  );
}

/** Asks the models in order until one answers; what is shown begins anew with each. Fails as the last one did. */
export function createFallbackModel(chain: readonly [LanguageModel, ...LanguageModel[]]): LanguageModel {
  const [first, ...others] = chain;
  if (others.length === 0) return first;
  return {
    id: first.id,
    generate: async (request, onText) => {
      const failures: ModelFailure[] = [];
      for (const model of chain) {
        try {
          return await model.generate(request, onText);
        } catch (failure) {
          if (!isWorthAnother(failure)) throw failure;
          failures.push(failure);
        }
      }
      throw new ModelFailure(
        failures.at(-1)?.reason ?? 'model/unavailable',
        `None of ${chain.map(({ id }) => id).join(', ')} answered.`,
        { cause: new AggregateError(failures) },
      );
    },
  };
}
