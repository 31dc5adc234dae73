import { createTRPCClient, createWSClient, httpSubscriptionLink, wsLink } from '@trpc/client';
import { EventSource } from 'eventsource';
import type { FetchLike } from 'eventsource';
import superjson from 'superjson';
import { createClient } from '../../src/client/index.ts';
import type { AppRouter, EventDto, SessionFrame } from '../../src/client/index.ts';

/** How a reader follows: with our client, with tRPC's own over WebSockets, or with tRPC's own over SSE. */
export const READER_KINDS = ['ours', 'trpc-ws', 'trpc-sse'] as const;
export type ReaderKind = (typeof READER_KINDS)[number];

export interface ReaderOptions {
  /** Where the server is, or a line to it. */
  readonly url: string;
  readonly accessKey: string;
  readonly sessionId: string;
  /** The seq after which it begins; 0 for everything. */
  readonly after: number;
  /** Called with events as they come. */
  readonly onEvents?: (events: readonly EventDto[]) => void;
}

/** Somebody who follows a session and keeps every event as it came, repeated or not. */
export interface SessionReader extends Disposable {
  readonly events: readonly EventDto[];
  /** Resolves when an event with `seq` or a later one is here. Rejects if the stream fails for good. */
  arrived(seq: number): Promise<void>;
}

interface Observer {
  onData(envelope: { readonly data: SessionFrame }): void;
  onError(error: unknown): void;
}

/** Subscribes, and returns the way to stop. */
type Subscribe = (options: ReaderOptions, observer: Observer) => () => void;

const BACKOFF = { minMs: 1, maxMs: 4 };

const subscribeOurs: Subscribe = ({ url, accessKey, sessionId, after }, observer) => {
  const client = createClient({ url, accessKey, backoff: BACKOFF });
  client.trpc.play.events.subscribe({ sessionId, lastEventId: String(after) }, observer);
  return () => client.close();
};

const subscribeWs: Subscribe = ({ url, accessKey, sessionId, after }, observer) => {
  const socket = createWSClient({
    url: `${url.replace('http', 'ws')}/trpc`,
    connectionParams: { accessKey },
    retryDelayMs: () => BACKOFF.maxMs,
  });
  const client = createTRPCClient<AppRouter>({ links: [wsLink({ client: socket, transformer: superjson })] });
  const subscription = client.play.events.subscribe({ sessionId, lastEventId: String(after) }, observer);
  return () => {
    subscription.unsubscribe();
    void socket.close();
  };
};

const SSE_HEADERS = new Headers({ 'content-type': 'text/event-stream' });

/** What arrives until the connection breaks, which then looks like the end of the stream. */
async function* untilBroken(url: string | URL, init: RequestInit): AsyncGenerator<Uint8Array, void> {
  try {
    const response = await fetch(url, init);
    if (!response.ok) throw new Error(`The stream was refused: ${response.status}.`);
    yield* response.body ?? [];
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // TypeError is what fetch calls a broken connection
  }
}

/** An EventSource waits for seconds before it connects again, unless the stream says otherwise, as its first words here. */
const impatient: FetchLike = async (url, init) => {
  const words = (async function* () {
    yield new TextEncoder().encode(`retry: ${BACKOFF.maxMs}\n\n`);
    yield* untilBroken(url, init);
  })();
  const { body, status, redirected } = new Response(ReadableStream.from(words));
  return { body, url: String(url), status, redirected, headers: SSE_HEADERS };
};

const subscribeSse: Subscribe = ({ url, accessKey, sessionId, after }, observer) => {
  const client = createTRPCClient<AppRouter>({
    links: [
      httpSubscriptionLink({
        url: `${url}/trpc`,
        connectionParams: { accessKey },
        transformer: superjson,
        EventSource,
        eventSourceOptions: { fetch: impatient },
      }),
    ],
  });
  const subscription = client.play.events.subscribe({ sessionId, lastEventId: String(after) }, observer);
  return () => subscription.unsubscribe();
};

const SUBSCRIBE: Readonly<Record<ReaderKind, Subscribe>> = {
  ours: subscribeOurs,
  'trpc-ws': subscribeWs,
  'trpc-sse': subscribeSse,
};

/** Follows a session. Whoever calls stops it. */
export function openReader(kind: ReaderKind, options: ReaderOptions): SessionReader {
  const events: EventDto[] = [];
  let failure: { readonly error: unknown } | null = null;
  let waiting: (() => void)[] = [];

  function wake(): void {
    for (const resolve of waiting.splice(0)) resolve();
  }

  const stop = SUBSCRIBE[kind](options, {
    onData: ({ data }) => {
      if (data.type !== 'events') return;
      events.push(...data.events);
      options.onEvents?.(data.events);
      wake();
    },
    onError: (error) => {
      failure ??= { error };
      wake();
    },
  });
  return {
    events,
    arrived: async (seq) => {
      while ((events.at(-1)?.seq ?? options.after) < seq) {
        if (failure !== null) throw failure.error;
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
        });
      }
    },
    [Symbol.dispose]: stop,
  };
}
