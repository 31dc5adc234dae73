import { asPlayer } from '#lib/server/asPlayer.ts';
import type { PageServerLoad } from './$types';

const MOST_CURSOR = 100;

export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => {
    const cursor = (event.url.searchParams.get('cursor') ?? '').slice(0, MOST_CURSOR);
    const isFirst = cursor === '';
    const page = await api.admin.experiments(isFirst ? {} : { cursor });
    return { origin: event.url.origin, isFirst, ...page };
  });
