import { createClient } from '@dcs/api/client';
import { answered, problemOf } from '#lib/answered.ts';
import { newId } from '#lib/newId.ts';
import type { PlayLink, PlayListener } from '#lib/play/playLink.ts';

interface LinkOptions {
  readonly sessionId: string;
  /** Where the page came from; the browser signs the connection in with its cookie. */
  readonly origin: string;
}

/** A session over the typed client that bots use as well. */
export function createClientLink({ sessionId, origin }: LinkOptions): PlayLink {
  const client = createClient({ url: origin, backoff: { minMs: 250, maxMs: 5_000 } });
  const { play, sessions } = client.trpc;
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
    giveFeedback: (eventId, opinion) => {
      // One command, however often it is sent until an answer comes.
      const request = { sessionId, eventId, commandId: newId() };
      return answered(async () =>
        opinion === null
          ? { ...(await sessions.clearFeedback.mutate(request)), feedback: null }
          : sessions.setFeedback.mutate({ ...opinion, ...request }),
      );
    },
    stop: () => {
      stop();
      client.close();
    },
  };
}
