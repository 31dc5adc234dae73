/** Runs jobs of one key in order and jobs of different keys side by side. A failed job does not stop the next. */
export interface SerialQueue {
  run<T>(key: string, job: () => Promise<T>): Promise<T>;
  /** Resolves when nothing is queued or running. */
  idle(): Promise<void>;
}

export function createSerialQueue(): SerialQueue {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run: (key, job) => {
      const previous = tails.get(key) ?? Promise.resolve();
      const result = previous.then(job);
      const tail = result
        .catch(() => undefined) // the caller gets the rejection; the queue only waits
        .then(() => {
          if (tails.get(key) === tail) tails.delete(key);
        });
      tails.set(key, tail);
      return result;
    },
    idle: async () => {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
}
