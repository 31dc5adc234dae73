import type { GuardedModel } from './guardedModel.ts';
import type { CallResult } from './modelEndpoint.ts';

/** What models behind providers have to tell. */
export interface ProviderMeter {
  /** A call ended. */
  called(model: string, result: CallResult): void;
  /** A model is in use, and its breaker can be looked at. */
  guarded(model: GuardedModel): void;
}
