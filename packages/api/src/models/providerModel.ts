import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { ModelFailure } from '@dcs/engine';
import type { LanguageModel, ModelFailureReason, ModelRequest } from '@dcs/engine';
import { APICallError, streamText } from 'ai';
import type { Provider } from './provider.ts';

/** Whoever plays waits; a provider that says nothing for this long is given up. */
const DEADLINE_MS = 60_000;

/** More than any reply that our prompts ask for; what goes on beyond is a model out of control. */
const MAX_REPLY_TOKENS = 1_000;

/** A model behind an OpenAI-compatible API. Never retries: the player may, and it costs them nothing. */
export function createProviderModel(provider: Provider, { deadlineMs = DEADLINE_MS } = {}): LanguageModel {
  const chat = createOpenAICompatible({
    name: provider.name,
    baseURL: provider.baseUrl,
    ...(provider.apiKey === null ? {} : { apiKey: provider.apiKey }),
  });
  const id = `${provider.name}:${provider.modelId}`;

  async function generate(request: ModelRequest, onText: (textSoFar: string) => void): Promise<string> {
    using cancel = abortWith(request);
    const { stream } = streamText({
      model: chat(provider.modelId),
      instructions: request.prompt.system,
      messages: request.prompt.messages.map(({ role, content }) => ({ role, content })),
      maxRetries: 0,
      maxOutputTokens: MAX_REPLY_TOKENS,
      abortSignal: AbortSignal.any([cancel.signal, AbortSignal.timeout(deadlineMs)]),
      onError: () => undefined, // errors are parts of the stream, read below; the default would print them
    });
    let text = '';
    for await (const part of stream) {
      if (part.type === 'error') throw part.error;
      if (part.type === 'abort') throw abortFailure(request);
      if (part.type !== 'text-delta') continue;
      text += part.text;
      onText(text);
    }
    if (text.trim() === '') throw new ModelFailure('model/refused', `${id} answered with nothing.`);
    return text;
  }

  return {
    id,
    generate: async (request, onText) => {
      try {
        return { text: await generate(request, onText), model: id };
      } catch (cause) {
        throw cause instanceof ModelFailure ? cause : failureFrom(cause, request, id);
      }
    },
  };
}

/** The engine's cancellation as an abort signal, until disposed. */
function abortWith({ cancellation }: ModelRequest): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  if (cancellation.aborted) abort();
  else cancellation.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => cancellation.removeEventListener('abort', abort),
  };
}

function abortFailure({ cancellation }: ModelRequest): ModelFailure {
  return cancellation.aborted
    ? new ModelFailure('model/cancelled', 'The reply is no longer wanted.')
    : new ModelFailure('model/timeout', 'The model did not answer in time.');
}

function failureFrom(cause: unknown, request: ModelRequest, id: string): ModelFailure {
  if (cause instanceof Error && (cause.name === 'AbortError' || cause.name === 'TimeoutError')) {
    return abortFailure(request);
  }
  const status = APICallError.isInstance(cause) ? cause.statusCode : undefined;
  const reason: ModelFailureReason =
    status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429
      ? 'model/refused'
      : 'model/unavailable';
  const detail = status === undefined ? 'gave no complete answer' : `answered with status ${status}`;
  return new ModelFailure(reason, `${id} ${detail}.`, { cause });
}
