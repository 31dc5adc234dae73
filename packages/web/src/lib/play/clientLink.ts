import { createClient } from '@dcs/api/client';
import { answered } from '#lib/answered.ts';
import { newId } from '#lib/newId.ts';
import type { PlayLink } from '#lib/play/playLink.ts';
import { createSessionFeed } from '#lib/play/sessionFeed.ts';

interface LinkOptions {
  readonly sessionId: string;
  /** Where the page came from; the browser signs the connection in with its cookie. */
  readonly origin: string;
}

/** A session over the typed client that bots use as well. */
export function createClientLink({ sessionId, origin }: LinkOptions): PlayLink {
  const client = createClient({ url: origin, backoff: { minMs: 250, maxMs: 5_000 } });
  const { play, sessions } = client.trpc;
  const feed = createSessionFeed(client, sessionId);

  return {
    start: feed.start,
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
      feed.stop();
      client.close();
    },
  };
}
