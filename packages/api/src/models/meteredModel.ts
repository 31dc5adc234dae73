import { ModelFailure } from '@dcs/engine';
import type { LanguageModel, ModelFailureReason, ModelRole } from '@dcs/engine';

/** How a question to a model ended: with an answer, without one, or in a fault of the program. */
export type ModelOutcome = 'ok' | ModelFailureReason | 'fault';

export interface ModelMeter {
  /** A model was asked; `ms` is the time until it had answered or failed. */
  asked(role: ModelRole, outcome: ModelOutcome, ms: number): void;
}

/** The model, telling the meter of every answer. `now` counts milliseconds from any origin and never steps back. */
export function createMeteredModel(
  model: LanguageModel,
  { meter, now }: { readonly meter: ModelMeter; readonly now: () => number },
): LanguageModel {
  return {
    id: model.id,
    generate: async (request, onText) => {
      const from = now();
      try {
        const reply = await model.generate(request, onText);
        meter.asked(request.role, 'ok', now() - from);
        return reply;
      } catch (fault) {
        const outcome = fault instanceof ModelFailure ? fault.reason : 'fault';
        meter.asked(request.role, outcome, now() - from);
        throw fault;
      }
    },
  };
}
