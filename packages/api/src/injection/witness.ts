import { ModelFailure } from '@dcs/engine';
import type { LanguageModel, ModelFailureReason, ModelRequest } from '@dcs/engine';

/** A question that was put to a model, and what became of it. */
export interface AskedModel extends Pick<ModelRequest, 'role' | 'task' | 'prompt' | 'scene'> {
  /** `null` while there is no answer, and when none came. */
  answer: string | null;
  failure: ModelFailureReason | null;
}

/** Sees every question that a model is asked. */
export interface Witness {
  readonly model: LanguageModel;
  /** In the order in which they were asked. */
  readonly asked: readonly Readonly<AskedModel>[];
  /** Has the writer of replies say this from now on, or with `null` what it has to say. */
  plant(reply: string | null): void;
}

/** A model that answers as the given one does, before a witness. */
export function createWitness(model: LanguageModel): Witness {
  const asked: AskedModel[] = [];
  let planted: string | null = null;
  const answer: LanguageModel['generate'] = (request, onText) =>
    planted !== null && request.role === 'updater'
      ? Promise.resolve({ text: planted, model: 'planted' })
      : model.generate(request, onText);
  return {
    asked,
    plant: (reply) => {
      planted = reply;
    },
    model: {
      id: model.id,
      generate: async (request, onText) => {
        const { role, task, prompt, scene } = request;
        const question: AskedModel = { role, task, prompt, scene, answer: null, failure: null };
        asked.push(question);
        try {
          const reply = await answer(request, onText);
          question.answer = reply.text;
          return reply;
        } catch (fault) {
          if (fault instanceof ModelFailure) question.failure = fault.reason;
          throw fault;
        }
      },
    },
  };
}
