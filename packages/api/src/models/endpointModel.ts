import type { LanguageModel, ModelRequest } from '@dcs/engine';
import { endpointId } from './modelEndpoint.ts';
import type { CallResult, ModelEndpoint } from './modelEndpoint.ts';

/** Told of every call that was made, however it ended. Never throws, never blocks. */
export type OnCall = (request: ModelRequest, result: CallResult, endpoint: ModelEndpoint) => void;

/** An endpoint as the engine knows models: each `generate` is one call. Rejects with CallFailure. */
export function createEndpointModel(endpoint: ModelEndpoint, onCall: OnCall): LanguageModel {
  const id = endpointId(endpoint);
  return {
    id,
    generate: async (request, onText) => {
      const result = await endpoint.call(request, onText);
      onCall(request, result, endpoint);
      if (!result.ending.ok) throw result.ending.failure;
      return { text: result.ending.text, model: id };
    },
  };
}
