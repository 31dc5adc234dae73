import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModelV4Prompt, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import type { ModelRequest } from '@dcs/engine';
import type { Timers } from '../services/timers.ts';
import { CallFailure, callFailureFrom, statusOf } from './callFailure.ts';
import { endpointId } from './modelEndpoint.ts';
import type { CallResult, ModelEndpoint, ModelUse } from './modelEndpoint.ts';
import { estimatedUse, mostUse, NO_USE, toldUse } from './modelUse.ts';
import type { ModelPrice } from './modelUse.ts';
import { watchPhases } from './phases.ts';
import type { PhaseLimits } from './phases.ts';
import type { Provider } from './provider.ts';
import { createStopper } from './stopper.ts';
import type { Stopper } from './stopper.ts';
import { createWatchedFetch } from './watchedFetch.ts';

/** More than any reply that our prompts ask for, with room for a model that thinks first. */
const MOST_OUTPUT_TOKENS = 2_000;

/** Some providers let a model go on beyond the tokens that it was given; what is longer than this is out of control. */
const LONGEST_TEXT = 32_000;

export interface ProviderModelPorts {
  readonly timers: Timers;
  /** Milliseconds from any origin; never steps back. */
  readonly now: () => number;
  readonly limits: PhaseLimits;
  /** For a provider that names no cost. */
  readonly price?: ModelPrice | null;
}

/** What is known of a call while it goes on. */
interface Progress {
  text: string;
  firstByteMs: number | null;
  told: ModelUse | null;
}

/** A model behind an OpenAI-compatible API. Its calls go straight to the protocol: nothing there retries or logs. */
export function createProviderModel(provider: Provider, ports: ProviderModelPorts): ModelEndpoint {
  const { timers, now, limits, price = null } = ports;
  const id = endpointId({ provider: provider.name, modelId: provider.modelId });
  const parameters = { maxOutputTokens: MOST_OUTPUT_TOKENS };
  const watched = createWatchedFetch();
  // Once and not for each call: it builds the schemas of its answers, which costs more than a call does.
  const chat = createOpenAICompatible({
    name: provider.name,
    baseURL: provider.baseUrl,
    includeUsage: true,
    fetch: watched.fetch,
    transformRequestBody: (body) => ({ ...body, ...provider.askForCost }),
    ...(provider.apiKey === null ? {} : { apiKey: provider.apiKey }),
  })(provider.modelId);

  async function* ask(
    request: ModelRequest,
    { signal }: Stopper,
    onBytes: () => void,
  ): AsyncGenerator<LanguageModelV4StreamPart, void, void> {
    watched.watch(signal, onBytes);
    const prompt = promptOf(request);
    const { stream } = await chat.doStream({ prompt, ...parameters, abortSignal: signal });
    for await (const part of stream) yield part;
  }

  /** Reads the answer to its end. Throws CallFailure, or whatever the connection or the stream ended in. */
  async function read(
    parts: AsyncIterable<LanguageModelV4StreamPart>,
    progress: Progress,
    onText: (textSoFar: string) => void,
  ): Promise<string> {
    let isFiltered = false;
    for await (const part of parts) {
      if (part.type === 'error') throw part.error;
      if (part.type === 'finish') {
        progress.told = toldUse(part.usage, price);
        isFiltered = part.finishReason.unified === 'content-filter';
      }
      if (part.type !== 'text-delta') continue;
      progress.text += part.delta;
      if (progress.text.length > LONGEST_TEXT)
        throw new CallFailure('model/refused', `${id} does not stop writing.`);
      onText(progress.text);
    }
    if (isFiltered) throw new CallFailure('model/refused', `${id} withheld its answer.`);
    if (progress.text.trim() === '') throw new CallFailure('model/refused', `${id} answered with nothing.`);
    return progress.text;
  }

  /** Whoever has taken the question may charge for it, even if no answer came of it. */
  function useOf(request: ModelRequest, progress: Progress, cause: unknown): ModelUse {
    if (progress.told !== null) return progress.told;
    const wasRefused = statusOf(cause) !== null && progress.text === '';
    const neverArrived = progress.firstByteMs === null && !(cause instanceof CallFailure);
    return wasRefused || neverArrived ? NO_USE : estimatedUse(request, progress.text.length, price);
  }

  async function call(request: ModelRequest, onText: (textSoFar: string) => void): Promise<CallResult> {
    const startedAt = now();
    const progress: Progress = { text: '', firstByteMs: null, told: null };
    using stopper = createStopper(request.cancellation);
    using phases = watchPhases(limits, timers, (phase) => {
      const facts = { cause: new Error(`Nothing within ${limits[phase]} ms (${phase}).`) };
      stopper.stop(new CallFailure('model/timeout', `${id} did not answer in time.`, facts));
    });
    const onBytes = (): void => {
      progress.firstByteMs ??= now() - startedAt;
      phases.arrived();
    };
    const result = (ending: CallResult['ending'], use: ModelUse): CallResult => {
      return { ending, use, firstByteMs: progress.firstByteMs, totalMs: now() - startedAt };
    };
    try {
      if (stopper.failure !== null) return result({ ok: false, failure: stopper.failure }, NO_USE);
      const text = await read(ask(request, stopper, onBytes), progress, onText);
      return result({ ok: true, text }, progress.told ?? estimatedUse(request, text.length, price));
    } catch (thrown) {
      const failure = stopper.failure ?? callFailureFrom(thrown, id, Date.now());
      return result({ ok: false, failure }, useOf(request, progress, stopper.failure ?? thrown));
    }
  }

  return {
    provider: provider.name,
    modelId: provider.modelId,
    parameters,
    mostMs: limits.callMs,
    estimate: (request, outputLength) => estimatedUse(request, outputLength, price),
    most: (request) => mostUse(request, MOST_OUTPUT_TOKENS, price),
    call,
  };
}

function promptOf({ prompt }: ModelRequest): LanguageModelV4Prompt {
  return [
    { role: 'system', content: prompt.system },
    ...prompt.messages.map(({ role, content }) => ({
      role,
      content: [{ type: 'text' as const, text: content }],
    })),
  ];
}
