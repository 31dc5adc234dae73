import { ModelFailure } from '@dcs/engine';
import type { LanguageModel, ModelRequest, Prompt } from '@dcs/engine';
import type { OnCall } from '../endpointModel.ts';
import type { ModelUse } from '../modelEndpoint.ts';
import { questionKey } from './questionKey.ts';
import type { TapedAnswer } from './tape.schema.ts';
import type { TapeWriter } from './tapeWriter.ts';

/** What questions used. One question may take several calls: repetitions, and the models of a chain. */
export interface QuestionUse {
  /** Told of every call to a provider. */
  readonly onCall: OnCall;
  /** What the calls for a prompt used together; `null` when there were none. */
  of(prompt: Prompt): ModelUse | null;
}

const sum = (a: ModelUse, b: ModelUse): ModelUse => ({
  inputTokens: a.inputTokens + b.inputTokens,
  outputTokens: a.outputTokens + b.outputTokens,
  isEstimated: a.isEstimated || b.isEstimated,
  costUsd: a.costUsd === null || b.costUsd === null ? null : a.costUsd + b.costUsd,
});

/** Questions are told apart by the identity of their prompts, which all their calls share. */
export function createQuestionUse(): QuestionUse {
  const uses = new WeakMap<Prompt, ModelUse>();
  return {
    onCall: ({ prompt }, { use }) => {
      const before = uses.get(prompt);
      uses.set(prompt, before === undefined ? use : sum(before, use));
    },
    of: (prompt) => uses.get(prompt) ?? null,
  };
}

export interface TapingPorts {
  readonly tape: Pick<TapeWriter, 'write'>;
  readonly use: Pick<QuestionUse, 'of'>;
}

/** The model, with what comes of every question written down, in the order in which answers come. */
export function createTapingModel(model: LanguageModel, { tape, use }: TapingPorts): LanguageModel {
  const asked = new Map<string, number>();

  function ordinalOf(key: string): number {
    const ordinal = asked.get(key) ?? 0;
    asked.set(key, ordinal + 1);
    return ordinal;
  }

  /** Takes the question down; what is returned takes down its ending. */
  function begin(request: ModelRequest): (ending: TapedAnswer['ending']) => void {
    const { role, task, promptVersion, prompt } = request;
    const key = questionKey(request);
    const ordinal = ordinalOf(key);
    return (ending) => tape.write({ key, ordinal, role, task, promptVersion, ending, use: use.of(prompt) });
  }

  return {
    id: model.id,
    generate: async (request, onText) => {
      // A prompt of its own, also where the same is asked several times at once.
      const own = { ...request, prompt: { ...request.prompt } };
      const end = begin(own);
      try {
        const reply = await model.generate(own, onText);
        end({ ok: true, text: reply.text, model: reply.model });
        return reply;
      } catch (fault) {
        if (fault instanceof ModelFailure) end({ ok: false, reason: fault.reason, message: fault.message });
        throw fault;
      }
    },
  };
}
