import type { ModelRequest } from '@dcs/engine';
import type { CallFailure } from './callFailure.ts';

/** What one call used. */
export interface ModelUse {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Whether the provider has not told the tokens, so that they are counted from the length of the texts. */
  readonly isEstimated: boolean;
  /** `null` when neither the provider nor a price tells it. */
  readonly costUsd: number | null;
}

export type CallEnding =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly failure: CallFailure };

/** How one call went. */
export interface CallResult {
  readonly ending: CallEnding;
  readonly use: ModelUse;
  /** Milliseconds until the first byte of the answer; `null` when none came. */
  readonly firstByteMs: number | null;
  readonly totalMs: number;
}

/** One model at one provider. */
export interface ModelEndpoint {
  readonly provider: string;
  readonly modelId: string;
  /** What is sent with each question beside the prompt. */
  readonly parameters: Readonly<Record<string, number>>;
  /** What a call has used that has brought `outputLength` characters; for caps, before the provider tells. */
  estimate(request: ModelRequest, outputLength: number): ModelUse;
  /** What a call may use at most. */
  most(request: ModelRequest): ModelUse;
  /** Milliseconds that a call may take at most. */
  readonly mostMs: number;
  /** Asks once. Never rejects because of the provider. `onText` receives the whole text so far, each time it grows. */
  call(request: ModelRequest, onText: (textSoFar: string) => void): Promise<CallResult>;
}

/** `openrouter:openai/gpt-5-mini`: the name of a model in the settings, the log and the records. */
export const endpointId = ({ provider, modelId }: Pick<ModelEndpoint, 'provider' | 'modelId'>): string =>
  `${provider}:${modelId}`;
