import { createClient } from '@dcs/api/client';
import type { DcsClient, EventDto } from '@dcs/api/client';

/** Somebody who is registered, with a client of their own. */
export interface Player {
  readonly client: DcsClient;
  readonly accessKey: string;
  readonly playerId: string;
}

/** Comes back quickly: the servers of tests are never far away. */
const BACKOFF = { minMs: 50, maxMs: 500 };

/** A client on `url`, signed in when a key is given. The caller closes it. */
export function connect(url: string, accessKey?: string): DcsClient {
  return createClient({ url, backoff: BACKOFF, ...(accessKey === undefined ? {} : { accessKey }) });
}

/** Registers somebody. The caller closes the client. */
export async function register(url: string, fullName = 'Ada Example'): Promise<Player> {
  const client = connect(url);
  const { playerId, accessKey } = await client.players.register.mutate({
    fullName,
    email: 'ada@example.org',
    phoneNumber: '+44 20 7946 0000',
    consentToFollowup: false,
    consentSignature: 'Ada Example',
  });
  client.signIn(accessKey);
  return { client, accessKey, playerId };
}

/** Everything that the log holds, as far as this player may see it. */
export async function readLog({ client }: Pick<Player, 'client'>, sessionId: string): Promise<EventDto[]> {
  const events: EventDto[] = [];
  for (;;) {
    const afterSeq = events.at(-1)?.seq ?? 0;
    const page = await client.sessions.transcript.query({ sessionId, afterSeq });
    events.push(...page.events);
    if (!page.hasMore) return events;
  }
}
