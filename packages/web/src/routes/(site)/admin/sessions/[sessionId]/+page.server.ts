import { asPlayer } from '#lib/server/asPlayer.ts';
import { wholeTranscript } from '#lib/server/wholeTranscript.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => {
    const { sessionId } = event.params;
    const facts = await api.admin.session({ sessionId });
    return { facts, events: await wholeTranscript(api, sessionId) };
  });
