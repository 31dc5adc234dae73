import type { ExperimentSetupDto, SessionDto } from '@dcs/api';
import { asPlayer } from '#lib/server/asPlayer.ts';
import type { Api } from '#lib/server/host.ts';
import { readRefusal } from '#lib/server/refusal.ts';
import { wholeTranscript } from '#lib/server/wholeTranscript.ts';
import type { PageServerLoad } from './$types';

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
