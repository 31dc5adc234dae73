import type { ReconstructionDto } from '@dcs/api';
import { readPosition } from '#lib/replay/position.ts';
import { PAGE, pageStart } from '#lib/replay/steps.svelte.ts';
import { asPlayer } from '#lib/server/asPlayer.ts';
import type { Api } from '#lib/server/host.ts';
import type { PageServerLoad } from './$types';

/** The stretch that holds a step. */
function stretchAround(api: Api, sessionId: string, at: number): Promise<ReconstructionDto> {
  return api.sessions.reconstruction({ sessionId, afterSeq: pageStart(at) - 1, limit: PAGE });
}

export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => {
    const { sessionId } = event.params;
    const at = readPosition(event.url.searchParams);
    const reconstruction = await stretchAround(api, sessionId, at);
    const { steps, lastSeq } = reconstruction;
    // An address may point beyond the end: then the end it is.
    return steps.length > 0 || lastSeq === 0
      ? { reconstruction, at }
      : { reconstruction: await stretchAround(api, sessionId, lastSeq), at: lastSeq };
  });
