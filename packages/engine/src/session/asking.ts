import { createCancellation } from '../cancellation.ts';
import type { Cancellation } from '../cancellation.ts';
import type { Ask, AskGroup } from '../game/ask.ts';
import type { LanguageModel, ModelOccasion, ModelRequest } from '../models/languageModel.ts';
import type { ModelChoice } from '../models/modelChoice.ts';

/** How the questions of one turn reach a model. */
export interface AskingContext {
  readonly model: LanguageModel;
  readonly models: ModelChoice;
  /** Ends with the turn, or when nobody wants it any more. */
  readonly turn: Cancellation;
  readonly occasion: ModelOccasion;
  readonly seedFor: (request: Pick<ModelRequest, 'role' | 'task'>) => string;
}

/** Asks for as long as `cancellation` lets it; afterwards nothing more is told of a text, whatever its model still says. */
export function askUntil(context: AskingContext, cancellation: Cancellation): Ask {
  const { model, models, occasion, seedFor } = context;
  return (request, onText) =>
    model.generate({ ...request, seed: seedFor(request), models, occasion, cancellation }, (textSoFar) => {
      if (!cancellation.aborted) onText?.(textSoFar);
    });
}

/** A group within the turn: it ends with the turn, and may end before it. */
export function createAskGroup(context: AskingContext): AskGroup {
  const { turn } = context;
  const own = createCancellation();
  const end = (): void => own.abort();
  if (turn.aborted) end();
  else turn.addEventListener('abort', end, { once: true });
  return {
    ask: askUntil(context, own.signal),
    cancel: () => {
      turn.removeEventListener('abort', end);
      end();
    },
  };
}
