/** Lets somebody wait until something is so, without a clock: whoever changes anything beats the pulse. */
export interface Pulse {
  /** Beats so far. */
  readonly count: number;
  beat(): void;
  /** Everyone who waits, now or later, fails with this. */
  fail(error: unknown): void;
  /** Resolves when `isSo`, which is asked now and at each beat. */
  until(isSo: () => boolean): Promise<void>;
}

export function createPulse(): Pulse {
  let count = 0;
  let failure: { readonly error: unknown } | null = null;
  let waiting: (() => void)[] = [];

  function wake(): void {
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
  }

  return {
    get count() {
      return count;
    },
    beat: () => {
      count += 1;
      wake();
    },
    fail: (error) => {
      failure ??= { error };
      wake();
    },
    until: async (isSo) => {
      for (;;) {
        if (failure !== null) throw failure.error;
        if (isSo()) return;
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
        });
      }
    },
  };
}
