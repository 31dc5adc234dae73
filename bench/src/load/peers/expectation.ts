/** What a client that sends one thing at a time is waiting for. */
export interface Expectation<T> {
  /** Resolves with what arrives next. */
  next(): Promise<T>;
  arrived(value: T): void;
  /** Nothing more will arrive: rejects whoever waits, now and later. */
  fail(error: Error): void;
}

export function createExpectation<T>(): Expectation<T> {
  let waiting: PromiseWithResolvers<T> | null = null;
  let failure: Error | null = null;
  return {
    next: () => {
      if (failure !== null) return Promise.reject(failure);
      waiting = Promise.withResolvers<T>();
      return waiting.promise;
    },
    arrived: (value) => {
      waiting?.resolve(value);
      waiting = null;
    },
    fail: (error) => {
      failure = error;
      waiting?.reject(error);
      waiting = null;
    },
  };
}
