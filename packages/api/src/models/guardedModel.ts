import { ModelFailure } from '@dcs/engine';
import type { LanguageModel } from '@dcs/engine';
import { CallFailure } from './callFailure.ts';

/** `closed`: asked as usual. `open`: left alone. `halfOpen`: one question decides whether it is asked again. */
export const BREAKER_STATES = ['closed', 'halfOpen', 'open'] as const;
export type BreakerState = (typeof BREAKER_STATES)[number];

export interface GuardedModel extends LanguageModel {
  readonly breaker: BreakerState;
}

export interface GuardOptions {
  /** Milliseconds from any origin; never steps back. */
  readonly now: () => number;
}

/** Failures in a row after which a model is left alone: enough not to be chance. */
const MOST_FAILURES = 5;
const LEFT_ALONE_MS = 30_000;

/** Whether it speaks against the model itself, and not against the question or our right to ask. */
const isOutage = (failure: unknown): boolean =>
  failure instanceof ModelFailure &&
  (failure.reason === 'model/unavailable' || failure.reason === 'model/timeout');

const isAnswer = (failure: unknown): boolean =>
  failure instanceof ModelFailure && failure.reason === 'model/refused';

/**
 * The model with a circuit breaker: when it fails again and again it is left alone for a while, so that nobody waits for
 * it in vain; then one question finds out whether it is back.
 */
export function createGuardedModel(model: LanguageModel, { now }: GuardOptions): GuardedModel {
  let failures = 0;
  let openUntil: number | null = null;
  let isTried = false;

  function state(): BreakerState {
    if (openUntil === null) return 'closed';
    return now() < openUntil ? 'open' : 'halfOpen';
  }

  function close(): void {
    failures = 0;
    openUntil = null;
  }

  function count(failure: unknown, wasTrial: boolean): void {
    if (isAnswer(failure)) return close();
    if (!isOutage(failure)) return;
    failures += 1;
    if (wasTrial || failures >= MOST_FAILURES) openUntil = now() + LEFT_ALONE_MS;
  }

  return {
    id: model.id,
    get breaker() {
      return state();
    },
    generate: async (request, onText) => {
      const found = state();
      const isTrial = found === 'halfOpen' && !isTried;
      if (found !== 'closed' && !isTrial) {
        throw new CallFailure(
          'model/unavailable',
          `${model.id} has failed again and again: it is left alone.`,
        );
      }
      isTried ||= isTrial;
      try {
        const reply = await model.generate(request, onText);
        close();
        return reply;
      } catch (failure) {
        count(failure, isTrial);
        throw failure;
      } finally {
        if (isTrial) isTried = false;
      }
    },
  };
}
