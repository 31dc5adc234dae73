import { createCancellation } from '@dcs/engine';
import type { Cancellation } from '@dcs/engine';
import { cancelled } from './callFailure.ts';
import type { CallFailure } from './callFailure.ts';

/** Ends a call for a reason that is kept: what is thrown then only says that something was aborted. */
export interface Stopper extends Disposable {
  readonly signal: Cancellation;
  /** Why the call was stopped; `null` while it was not. The first reason counts. */
  readonly failure: CallFailure | null;
  stop(failure: CallFailure): void;
}

/** Stops by itself when the engine no longer wants the answer, until disposed of. */
export function createStopper(cancellation: Cancellation): Stopper {
  const controller = createCancellation();
  let failure: CallFailure | null = null;
  const stop = (why: CallFailure): void => {
    failure ??= why;
    controller.abort();
  };
  const onCancelled = (): void => stop(cancelled());
  if (cancellation.aborted) onCancelled();
  else cancellation.addEventListener('abort', onCancelled, { once: true });
  return {
    signal: controller.signal,
    get failure() {
      return failure;
    },
    stop,
    [Symbol.dispose]: () => cancellation.removeEventListener('abort', onCancelled),
  };
}
