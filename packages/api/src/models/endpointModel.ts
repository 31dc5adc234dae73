import type { LanguageModel, ModelRequest } from '@dcs/engine';
import type { Timers } from '../services/timers.ts';
import { NOTHING } from './account.ts';
import type { Amount } from './account.ts';
import type { Hold, ModelBudget } from './budget.ts';
import { CallFailure } from './callFailure.ts';
import { endpointId } from './modelEndpoint.ts';
import type { CallResult, ModelEndpoint, ModelUse } from './modelEndpoint.ts';
import { createStopper } from './stopper.ts';
import type { Stopper } from './stopper.ts';

/** Told of every call that was made, however it ended. Never throws, never blocks. */
export type OnCall = (request: ModelRequest, result: CallResult, endpoint: ModelEndpoint) => void;

export interface EndpointModelPorts {
  readonly timers: Timers;
  readonly budget: ModelBudget;
  readonly onCall: OnCall;
}

const amountOf = ({ inputTokens, outputTokens, costUsd }: ModelUse, ms: number): Amount => ({
  tokens: inputTokens + outputTokens,
  dollars: costUsd ?? 0,
  ms,
});

const LATE = (): CallFailure => new CallFailure('limit/model-time', 'The time for models is spent.');

/** Ends the call when its time is spent. Without a limit there is no timer. */
function watchTime({ msLeft }: Hold, stopper: Stopper, timers: Timers): { cancel(): void } {
  if (msLeft === Infinity) return { cancel: () => undefined };
  return timers.after(msLeft, () => stopper.stop(LATE()));
}

/** The endpoint only knows that it was to stop. An answer that came all the same is paid for, and counts. */
function endedAs(result: CallResult, { failure }: Stopper): CallResult {
  return failure === null || result.ending.ok ? result : { ...result, ending: { ok: false, failure } };
}

/**
 * An endpoint as the engine knows models: each `generate` is one call, let in by the budget and ended when it goes beyond.
 * Rejects with CallFailure.
 */
export function createEndpointModel(endpoint: ModelEndpoint, ports: EndpointModelPorts): LanguageModel {
  const { timers, budget, onCall } = ports;
  const id = endpointId(endpoint);

  /** The call, watched. Whatever ended it, `hold` is told what it used. */
  async function callWithin(
    hold: Hold,
    request: ModelRequest,
    onText: (textSoFar: string) => void,
  ): Promise<CallResult> {
    using stopper = createStopper(request.cancellation);
    const time = watchTime(hold, stopper, timers);
    let used = NOTHING;
    try {
      const result = await endpoint.call({ ...request, cancellation: stopper.signal }, (text) => {
        const failure = hold.exceeded(amountOf(endpoint.estimate(request, text.length), 0));
        if (failure === null) onText(text);
        else stopper.stop(failure);
      });
      used = amountOf(result.use, result.totalMs);
      const ended = endedAs(result, stopper);
      // Before it is settled: whatever is settled is in the records.
      onCall(request, ended, endpoint);
      return ended;
    } finally {
      time.cancel();
      hold.settle(used);
    }
  }

  return {
    id,
    generate: async (request, onText) => {
      const hold = await budget.take(request, {
        least: amountOf(endpoint.estimate(request, 0), 0),
        most: amountOf(endpoint.most(request), endpoint.mostMs),
      });
      const { ending } = await callWithin(hold, request, onText);
      if (!ending.ok) throw ending.failure;
      return { text: ending.text, model: id };
    },
  };
}
