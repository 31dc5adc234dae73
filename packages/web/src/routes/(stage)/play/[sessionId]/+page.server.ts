import type { EventDto, ExperimentSetupDto, SessionDto } from '@dcs/api';
import { asPlayer } from '#lib/server/asPlayer.ts';
import type { Api } from '#lib/server/host.ts';
import { readRefusal } from '#lib/server/refusal.ts';
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

/** The experiment that the reader plays the session for; `null` for none, and for one that is not to be had any more. */
async function setupOf(
  api: Api,
  { experiment, yourSeat }: Pick<SessionDto, 'experiment' | 'yourSeat'>,
): Promise<ExperimentSetupDto | null> {
  if (experiment === null || yourSeat === null) return null;
  try {
    const setup = await api.experiments.setup({ name: experiment });
    return setup.participant === null ? null : setup;
  } catch (thrown) {
    if (readRefusal(thrown)?.reason === 'experiment/not-found') return null;
    throw thrown;
  }
}

async function sessionWithSetup(api: Api, sessionId: string) {
  const { session, view = null } = await api.sessions.get({ sessionId });
  return { session, view, setup: await setupOf(api, session) };
}

export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => {
    const { sessionId } = event.params;
    const [seen, events] = await Promise.all([
      sessionWithSetup(api, sessionId),
      wholeTranscript(api, sessionId),
    ]);
    return { ...seen, events };
  });
