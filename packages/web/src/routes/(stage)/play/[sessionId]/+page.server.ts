import type { EventDto } from '@dcs/api';
import { asPlayer } from '#lib/server/asPlayer.ts';
import type { Api } from '#lib/server/host.ts';
import type { PageServerLoad } from './$types';

const PAGE = 200;
/** Enough for any game in words; the stream brings what is beyond. */
const MAX_EVENTS = 2000;

async function wholeTranscript(api: Api, sessionId: string): Promise<readonly EventDto[]> {
  const events: EventDto[] = [];
  for (;;) {
    const page = await api.sessions.transcript({ sessionId, afterSeq: events.at(-1)?.seq ?? 0, limit: PAGE });
    events.push(...page.events);
    if (!page.hasMore || page.events.length === 0 || events.length >= MAX_EVENTS) return events;
  }
}

export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => {
    const { sessionId } = event.params;
    const [{ session, view }, events] = await Promise.all([
      api.sessions.get({ sessionId }),
      wholeTranscript(api, sessionId),
    ]);
    return { session, view: view ?? null, events };
  });
