import { createCancellation } from '../cancellation.ts';
import type { Cancellation } from '../cancellation.ts';
import type { Ask, AskGroup } from '../game/ask.ts';
import type { LanguageModel, ModelOccasion, ModelRequest } from '../models/languageModel.ts';
import { NO_CHOICE } from '../models/modelChoice.ts';
import type { ModelChoice } from '../models/modelChoice.ts';
import type { SessionHeader } from './session.ts';

/** How the questions of one turn reach a model. */
export interface AskingContext {
  readonly model: LanguageModel;
  readonly models: ModelChoice;
  /** Ends with the turn, or when nobody wants it any more. */
  readonly turn: Cancellation;
  readonly occasion: ModelOccasion;
  readonly seedFor: (request: Pick<ModelRequest, 'role' | 'task'>) => string;
}

/** A session, as far as its questions depend on it. */
interface AskingSession {
  readonly header: SessionHeader;
  readonly state: { readonly lastSeq: number; readonly lastGameSeq: number };
}

/** Where a session stands: what is drawn for this place is the same after a crash. */
export const placeOf = ({ header, state }: AskingSession): string => `${header.seed}/${state.lastGameSeq}`;

/** How a session asks in its `turn`, until `ending` is aborted. */
export function askingIn(
  session: AskingSession,
  {
    model,
    turn,
    ending,
  }: { readonly model: LanguageModel; readonly turn: number; readonly ending: Cancellation },
): AskingContext {
  const { sessionId, ownerId, experimentId = null, models = NO_CHOICE } = session.header;
  return {
    model,
    models,
    turn: ending,
    occasion: { sessionId, playerId: ownerId, experimentId, turn, afterSeq: session.state.lastSeq },
    seedFor: ({ role, task }) => `${placeOf(session)}/${role}/${task}`,
  };
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
