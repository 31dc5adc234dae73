/**
 * Whether what was asked for is still wanted. An `AbortSignal` is one, too; ours costs next to nothing, of which every
 * turn makes several and cancels most when all has gone well.
 */
export interface Cancellation {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface CancellationSource {
  readonly signal: Cancellation;
  /** Tells every listener, the first time only. */
  abort(): void;
}

class CancellableSignal implements Cancellation {
  readonly #listeners = new Set<() => void>();
  #aborted = false;

  get aborted(): boolean {
    return this.#aborted;
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.delete(listener);
  }

  abort(): void {
    if (this.#aborted) return;
    this.#aborted = true;
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }
}

export function createCancellation(): CancellationSource {
  const signal = new CancellableSignal();
  return { signal, abort: () => signal.abort() };
}
