import { asPlayer } from '#lib/server/asPlayer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => ({ origin: event.url.origin, ...(await api.admin.experiments()) }));
