/** Lets many pieces of work run side by side, and one at times run alone. */
export type Gate = {
  /** Runs beside other shared work, after any exclusive work under way. */
  shared<T>(work: () => Promise<T>): Promise<T>;
  /** Waits for shared work under way, holds back the rest, and runs alone. */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
};

export function createGate(): Gate {
  const running = new Set<Promise<unknown>>();
  let closed: Promise<void> | null = null;

  const tracked = async <T>(work: () => Promise<T>): Promise<T> => {
    const promise = work();
    running.add(promise);
    try {
      return await promise;
    } finally {
      running.delete(promise);
    }
  };
  const quiet = async (): Promise<void> => {
    await Promise.allSettled(running);
  };

  return {
    async shared(work) {
      while (closed) await closed;
      return tracked(work);
    },
    async exclusive(work) {
      while (closed) await closed;
      const { promise, resolve } = Promise.withResolvers<void>();
      closed = promise;
      try {
        await quiet();
        return await tracked(work);
      } finally {
        closed = null;
        resolve();
      }
    },
    async idle() {
      while (running.size > 0 || closed) {
        await quiet();
        if (closed) await closed;
      }
    },
  };
}
