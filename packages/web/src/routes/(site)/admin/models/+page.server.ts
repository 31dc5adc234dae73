import { readReportInput } from '#lib/models/reportInput.ts';
import { asPlayer } from '#lib/server/asPlayer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => {
    const input = readReportInput(event.url.searchParams);
    return { input, origin: event.url.origin, report: await api.admin.models(input) };
  });
