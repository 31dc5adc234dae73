import type { LanguageModel } from '@dcs/engine';
import { createBackoff } from '../client/backoff.ts';
import type { Timers } from '../services/timers.ts';
import { CallFailure, cancelled } from './callFailure.ts';
import { pause } from './pause.ts';

export interface RetryingOptions {
  readonly timers: Timers;
  /** From 0 to 1. */
  readonly random?: () => number;
}

const MOST_CALLS = 3;
const FIRST_WAIT_MS = 500;
const MOST_WAIT_MS = 8_000;

/** How long to wait before the next call, or `null` when there is to be none. */
function waitAfter(failure: unknown, backoffMs: number): number | null {
  if (!(failure instanceof CallFailure) || !failure.isRetryable) return null;
  if (failure.retryAfterMs === null) return backoffMs;
  // A player waits: who asks to be left alone for longer is not asked again.
  return failure.retryAfterMs <= MOST_WAIT_MS ? Math.max(failure.retryAfterMs, backoffMs) : null;
}

/**
 * The model, asked again when it may answer a moment later: too many requests, a fault of the server, a connection that
 * broke. Waits longer each time, at least as long as the provider asks, and by chance, so that many sessions do not come
 * back together. What is shown begins anew with each call.
 */
export function createRetryingModel(
  model: LanguageModel,
  { timers, random }: RetryingOptions,
): LanguageModel {
  return {
    id: model.id,
    generate: async (request, onText) => {
      const backoff = createBackoff({
        minMs: FIRST_WAIT_MS,
        maxMs: MOST_WAIT_MS,
        ...(random === undefined ? {} : { random }),
      });
      for (let calls = 1; ; calls += 1) {
        try {
          return await model.generate(request, onText);
        } catch (failure) {
          const wait = calls < MOST_CALLS ? waitAfter(failure, backoff.next()) : null;
          if (wait === null) throw failure;
          await pause(wait, timers, request.cancellation);
          if (request.cancellation.aborted) throw cancelled();
        }
      }
    },
  };
}
