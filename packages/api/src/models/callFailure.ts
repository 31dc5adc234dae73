import { ModelFailure } from '@dcs/engine';
import type { ModelFailureReason } from '@dcs/engine';
import { ProviderRefusal } from './completion/providerRefusal.ts';

export interface CallFailureFacts {
  /** Whether the same call may succeed a moment later. */
  readonly isRetryable?: boolean;
  /** How long the provider asks to be left alone; `null` when it does not say. */
  readonly retryAfterMs?: number | null;
  readonly cause?: unknown;
}

/** Why one call to a provider brought no answer. */
export class CallFailure extends ModelFailure {
  readonly isRetryable: boolean;
  readonly retryAfterMs: number | null;

  constructor(reason: ModelFailureReason, message: string, facts: CallFailureFacts = {}) {
    super(reason, message, { cause: facts.cause });
    this.name = 'CallFailure';
    this.isRetryable = facts.isRetryable ?? false;
    this.retryAfterMs = facts.retryAfterMs ?? null;
  }
}

export const cancelled = (): CallFailure =>
  new CallFailure('model/cancelled', 'The reply is no longer wanted.');

/** The HTTP status in which a call failed; `null` when the connection or the stream did. */
export const statusOf = (cause: unknown): number | null =>
  cause instanceof ProviderRefusal ? cause.status : null;

const isTransient = (status: number): boolean => status === 408 || status === 429 || status >= 500;

function retryAfterOf(cause: unknown, now: number): number | null {
  const header = cause instanceof ProviderRefusal ? cause.retryAfter : null;
  if (header === null) return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

/** What was thrown by a call to the model `id`, in our words. `now`, in epoch milliseconds, is for dates in `retry-after`. */
export function callFailureFrom(cause: unknown, id: string, now: number): CallFailure {
  if (cause instanceof CallFailure) return cause;
  const status = statusOf(cause);
  if (status === null) {
    const facts = { isRetryable: true, cause };
    return new CallFailure('model/unavailable', `${id} gave no complete answer.`, facts);
  }
  const isRetryable = isTransient(status);
  return new CallFailure(
    isRetryable ? 'model/unavailable' : 'model/refused',
    `${id} answered with status ${status}.`,
    { isRetryable, retryAfterMs: retryAfterOf(cause, now), cause },
  );
}
