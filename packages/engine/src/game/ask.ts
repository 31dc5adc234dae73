import type { ModelReply, ModelRequest } from '../models/languageModel.ts';

/** Rejects with a `ModelFailure`. `onText` gets the text so far. */
export type Ask = (
  request: Omit<ModelRequest, 'seed' | 'models' | 'occasion' | 'cancellation'>,
  onText?: (textSoFar: string) => void,
) => Promise<ModelReply>;

/** Questions that may lose their sense together. */
export interface AskGroup {
  readonly ask: Ask;
  /** Ends what is still being answered, or asked from now on: it rejects as `model/cancelled`, sooner or later. Repeatable. */
  cancel(): void;
}
