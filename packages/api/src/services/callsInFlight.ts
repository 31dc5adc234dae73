/** Calls that have come in and are not answered yet. Subscriptions do not count: they have no answer. */
export interface CallsInFlight {
  begin(): void;
  end(): void;
  readonly size: number;
  /** Resolves when there are none. */
  idle(): Promise<void>;
}

export function createCallsInFlight(): CallsInFlight {
  let size = 0;
  const waiting: (() => void)[] = [];
  return {
    begin: () => {
      size += 1;
    },
    end: () => {
      size -= 1;
      if (size > 0) return;
      for (const resolve of waiting.splice(0)) resolve();
    },
    get size() {
      return size;
    },
    idle: () => (size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}
