import type { EventDto } from '@dcs/api';
import type { Api } from '#lib/server/host.ts';

const PAGE = 200;
/** Enough for any game in words; the stream brings what is beyond. */
const MAX_EVENTS = 2000;

/** What has happened in a session so far, as its reader may know it. */
export async function wholeTranscript(api: Api, sessionId: string): Promise<readonly EventDto[]> {
  const events: EventDto[] = [];
  for (;;) {
    const page = await api.sessions.transcript({ sessionId, afterSeq: events.at(-1)?.seq ?? 0, limit: PAGE });
    events.push(...page.events);
    if (!page.hasMore || page.events.length === 0 || events.length >= MAX_EVENTS) return events;
  }
}
