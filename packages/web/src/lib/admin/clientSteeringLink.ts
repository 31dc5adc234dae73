import { createClient } from '@dcs/api/client';
import type { SteeringLink } from '#lib/admin/steeringLink.ts';
import { answered } from '#lib/answered.ts';
import { createSessionFeed } from '#lib/play/sessionFeed.ts';

interface LinkOptions {
  readonly sessionId: string;
  /** Where the page came from; the browser signs the connection in with its cookie. */
  readonly origin: string;
}

/** A session to watch and to steer, over the typed client. */
export function createClientSteeringLink({ sessionId, origin }: LinkOptions): SteeringLink {
  const client = createClient({ url: origin, backoff: { minMs: 250, maxMs: 5_000 } });
  const { admin } = client.trpc;
  const feed = createSessionFeed(client, sessionId);
  return {
    start: feed.start,
    facts: () => answered(() => admin.session.query({ sessionId })),
    hold: (commandId, reason) => answered(() => admin.holdSession.mutate({ sessionId, commandId, reason })),
    release: (commandId) => answered(() => admin.releaseSession.mutate({ sessionId, commandId })),
    announce: (commandId, text) => answered(() => admin.announce.mutate({ sessionId, commandId, text })),
    end: (commandId) => answered(() => admin.endSession.mutate({ sessionId, commandId })),
    stop: () => {
      feed.stop();
      client.close();
    },
  };
}
