import type { ModelRequest } from '@dcs/engine';
import type { Timers } from '../services/timers.ts';
import { CallFailure, callFailureFrom, statusOf } from './callFailure.ts';
import { createCompletionClient } from './completion/completionClient.ts';
import type { Answer } from './completion/completionClient.ts';
import { endpointId } from './modelEndpoint.ts';
import type { CallResult, ModelEndpoint, ModelUse } from './modelEndpoint.ts';
import { estimatedUse, mostUse, NO_USE, toldUse } from './modelUse.ts';
import type { ModelPrice } from './modelUse.ts';
import { watchPhases } from './phases.ts';
import type { PhaseLimits } from './phases.ts';
import type { Provider } from './provider.ts';
import { createStopper } from './stopper.ts';

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

/** A model behind an OpenAI-compatible API. Nothing on the way there retries or logs. */
export function createProviderModel(provider: Provider, ports: ProviderModelPorts): ModelEndpoint {
  const { timers, now, limits, price = null } = ports;
  const id = endpointId({ provider: provider.name, modelId: provider.modelId });
  const parameters = { maxOutputTokens: MOST_OUTPUT_TOKENS };
  const client = createCompletionClient(provider, parameters);

  function grown(text: string, progress: Progress): void {
    progress.text = text;
    if (text.length > LONGEST_TEXT) throw new CallFailure('model/refused', `${id} does not stop writing.`);
  }

  function checked({ text, usage, isFiltered }: Answer, progress: Progress): string {
    progress.told = toldUse(usage, price);
    if (isFiltered) throw new CallFailure('model/refused', `${id} withheld its answer.`);
    if (text.trim() === '') throw new CallFailure('model/refused', `${id} answered with nothing.`);
    return text;
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
    const watcher = {
      onBytes: () => {
        progress.firstByteMs ??= now() - startedAt;
        phases.arrived();
      },
      onText: (textSoFar: string) => {
        grown(textSoFar, progress);
        onText(textSoFar);
      },
    };
    const result = (ending: CallResult['ending'], use: ModelUse): CallResult => {
      return { ending, use, firstByteMs: progress.firstByteMs, totalMs: now() - startedAt };
    };
    try {
      if (stopper.failure !== null) return result({ ok: false, failure: stopper.failure }, NO_USE);
      const { prompt } = request;
      const answer = await client.ask({ prompt, cancellation: stopper.signal }, watcher);
      const text = checked(answer, progress);
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
