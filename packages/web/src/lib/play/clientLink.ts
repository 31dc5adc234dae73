import { createClient, DcsError, retrying } from '@dcs/api/client';
import type { PlayLink, PlayListener, Problem } from '#lib/play/playLink.ts';

interface LinkOptions {
  readonly sessionId: string;
  /** Where the page came from; the browser signs the connection in with its cookie. */
  readonly origin: string;
}

const BACKOFF = { minMs: 300, maxMs: 5_000 };

const UNKNOWN: Problem = {
  reason: 'page/unknown',
  message: 'Something went wrong on the way.',
  retryable: true,
};

function problemOf(thrown: unknown): Problem {
  if (!(thrown instanceof DcsError)) return UNKNOWN;
  return { reason: thrown.reason, message: thrown.message || UNKNOWN.message, retryable: thrown.retryable };
}

/** The call's answer, or why there is none; what may succeed a little later is tried again first. */
async function answered<T extends object>(call: () => Promise<T>) {
  try {
    return { ok: true, ...(await retrying(call, BACKOFF)) } as const;
  } catch (thrown) {
    return { ok: false, ...problemOf(thrown) } as const;
  }
}

/** A session over the typed client that bots use as well. */
export function createClientLink({ sessionId, origin }: LinkOptions): PlayLink {
  const client = createClient({ url: origin, backoff: { minMs: 250, maxMs: 5_000 } });
  const { play } = client.trpc;
  let stop = (): void => undefined;

  function follow(afterSeq: number, listener: PlayListener): void {
    const unwatch = client.connection.subscribe((state) => {
      if (state !== 'closed') listener.state(state);
    });
    const subscription = play.events.subscribe(
      { sessionId, lastEventId: String(afterSeq) },
      {
        onData: ({ data }) => listener.frame(data),
        onError: (error) => listener.ended(problemOf(error)),
      },
    );
    stop = () => {
      unwatch();
      subscription.unsubscribe();
    };
  }

  return {
    start: follow,
    open: () => answered(() => play.open.mutate({ sessionId })),
    act: (commandId, text) => answered(() => play.act.mutate({ sessionId, commandId, text })),
    close: (commandId) => answered(() => play.close.mutate({ sessionId, commandId })),
    stop: () => {
      stop();
      client.close();
    },
  };
}
