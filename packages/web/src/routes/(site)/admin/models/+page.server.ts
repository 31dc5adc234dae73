import { reportHours } from '#lib/models/reportTimes.ts';
import { asPlayer } from '#lib/server/asPlayer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => {
    const hours = reportHours(event.url.searchParams.get('hours'));
    return { hours, origin: event.url.origin, report: await api.admin.models({ hours }) };
  });
