/** `fetch`, telling of every arrival of bytes of an answer's body. Its connections are kept open for the next call. */
export interface WatchedFetch {
  readonly fetch: typeof fetch;
  /** Has `onBytes` told of the bytes that answer a request; which one, its signal says, so that all calls can share a client. */
  watch(signal: AbortSignal, onBytes: () => void): void;
}

function telling(response: Response, onBytes: () => void): Response {
  if (response.body === null) return response;
  const watched = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (bytes, controller) => {
        onBytes();
        controller.enqueue(bytes);
      },
    }),
  );
  const { status, statusText, headers } = response;
  return new Response(watched, { status, statusText, headers });
}

export function createWatchedFetch(): WatchedFetch {
  const watching = new WeakMap<AbortSignal, () => void>();
  return {
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      const onBytes = init?.signal ? watching.get(init.signal) : undefined;
      return onBytes === undefined ? response : telling(response, onBytes);
    },
    watch: (signal, onBytes) => void watching.set(signal, onBytes),
  };
}
