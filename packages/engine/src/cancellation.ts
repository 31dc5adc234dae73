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

export function createCancellation(): CancellationSource {
  const listeners = new Set<() => void>();
  let aborted = false;
  return {
    signal: {
      get aborted() {
        return aborted;
      },
      addEventListener: (_type, listener) => void listeners.add(listener),
      removeEventListener: (_type, listener) => void listeners.delete(listener),
    },
    abort: () => {
      if (aborted) return;
      aborted = true;
      for (const listener of listeners) listener();
      listeners.clear();
    },
  };
}
