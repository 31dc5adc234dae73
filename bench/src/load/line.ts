import { createSocket, opened } from './socket.ts';

/** Takes what a subscription delivers; `id` is the cursor from which it could go on. */
export type OnData = (data: unknown, id: string | undefined) => void;

export interface Subscription {
  /** Resolves when the server has taken it up. */
  readonly started: Promise<void>;
  stop(): void;
}

export interface SubscribeRequest {
  readonly path: string;
  readonly input: unknown;
  readonly lastEventId?: string;
}

/**
 * One WebSocket that speaks tRPC, written by hand and as lean as can be: the load generator shares its cores with the
 * server, and every microsecond here is one less there. It retries nothing; the first failure ends the benchmark.
 */
export interface Line {
  /** Rejects when the server answers with an error, or when the line breaks. */
  query(path: string, input?: unknown): Promise<unknown>;
  mutate(path: string, input?: unknown): Promise<unknown>;
  subscribe(request: SubscribeRequest, onData: OnData): Subscription;
  /** Resolves when the line is down, whoever cut it. */
  readonly closed: Promise<void>;
  close(): void;
  /** Drops the socket without a goodbye. */
  cut(): void;
}

interface Waiting {
  started(): void;
  data(data: unknown, id: string | undefined): void;
  fail(error: Error): void;
}

/** A frame of the server, as far as it is looked at. */
interface Frame {
  readonly id?: number | null;
  readonly result?: {
    readonly type?: string;
    readonly id?: string;
    readonly data?: { readonly json?: unknown };
  };
  readonly error?: unknown;
}

/** Connects, and presents the key if there is one. Resolves when the line can be used. */
export async function openLine(
  url: string,
  accessKey: string | null,
  parse: (text: string) => unknown = JSON.parse,
): Promise<Line> {
  const address = `${url.replace('http', 'ws')}/trpc${accessKey === null ? '' : '?connectionParams=1'}`;
  const socket = createSocket(address);
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      failAll(new Error('The line broke.'));
      resolve();
    });
  });
  socket.on('message', (raw: Buffer) => {
    const text = raw.toString();
    if (text === 'PING') socket.send('PONG');
    else receive(parse(text) as Frame);
  });
  await opened(socket);
  if (accessKey !== null) socket.send(JSON.stringify({ method: 'connectionParams', data: { accessKey } }));

  function failAll(error: Error): void {
    for (const call of waiting.values()) call.fail(error);
    waiting.clear();
  }

  function receive({ id, result, error }: Frame): void {
    const refusal = error === undefined ? null : new Error(`The server refused: ${JSON.stringify(error)}`);
    // What could not even be read is answered without an id.
    if (id === undefined || id === null) return refusal === null ? undefined : failAll(refusal);
    const call = waiting.get(id);
    if (call === undefined) return;
    if (refusal !== null) call.fail(refusal);
    else if (result?.type === 'started') call.started();
    else if (result?.data !== undefined) call.data(result.data.json, result.id);
  }

  function send(method: string, { path, input, lastEventId }: SubscribeRequest): number {
    lastId += 1;
    socket.send(
      JSON.stringify({
        id: lastId,
        jsonrpc: '2.0',
        method,
        params: { path, input: { json: input ?? null }, lastEventId },
      }),
    );
    return lastId;
  }

  function call(method: string, path: string, input: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = send(method, { path, input });
      waiting.set(id, {
        started: () => undefined,
        data: (data) => {
          waiting.delete(id);
          resolve(data);
        },
        fail: (error) => {
          waiting.delete(id);
          reject(error);
        },
      });
    });
  }

  function subscribe(request: SubscribeRequest, onData: OnData): Subscription {
    const id = send('subscription', request);
    const { promise: started, resolve, reject } = Promise.withResolvers<void>();
    // Who does not wait for the start learns of a failure from the end of the line.
    started.catch(() => undefined);
    waiting.set(id, {
      started: resolve,
      data: onData,
      fail: (error) => {
        reject(error);
        socket.terminate();
      },
    });
    return {
      started,
      stop: () => {
        waiting.delete(id);
        socket.send(JSON.stringify({ id, jsonrpc: '2.0', method: 'subscription.stop' }));
      },
    };
  }

  return {
    query: (path, input) => call('query', path, input),
    mutate: (path, input) => call('mutation', path, input),
    subscribe,
    closed,
    close: () => socket.close(),
    cut: () => socket.terminate(),
  };
}
