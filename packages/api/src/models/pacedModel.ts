import { ModelFailure } from '@dcs/engine';
import type { Cancellation, LanguageModel, ModelReply, ModelRole } from '@dcs/engine';
import type { Timers } from '../services/timers.ts';
import { pause } from './pause.ts';

export interface PacedModelOptions {
  /** Time for each word; 0 writes at once. */
  readonly msPerWord: number;
  readonly timers: Timers;
}

/** The roles whose text is for people to read. */
const WATCHED: ReadonlySet<ModelRole> = new Set(['opener', 'updater']);

/**
 * A model that is done in an instant, made to write at a reader's pace, so that its reply is seen being written. What
 * is not shown while it is written, such as a verdict, is not held back.
 */
export function createPacedModel(
  model: LanguageModel,
  { msPerWord, timers }: PacedModelOptions,
): LanguageModel {
  if (msPerWord === 0) return model;
  return {
    id: model.id,
    generate: async (request, onText) => {
      const reply = await model.generate(request, () => undefined);
      if (!WATCHED.has(request.role)) return reply;
      return write(reply, onText, { msPerWord, timers, cancellation: request.cancellation });
    },
  };
}

async function write(
  reply: ModelReply,
  onText: (textSoFar: string) => void,
  { msPerWord, timers, cancellation }: PacedModelOptions & { readonly cancellation: Cancellation },
): Promise<ModelReply> {
  let textSoFar = '';
  for (const piece of reply.text.match(/\s*\S+\s*/g) ?? []) {
    await pause(msPerWord, timers, cancellation);
    if (cancellation.aborted) throw new ModelFailure('model/cancelled', 'The reply is no longer wanted.');
    textSoFar += piece;
    onText(textSoFar);
  }
  return reply;
}
