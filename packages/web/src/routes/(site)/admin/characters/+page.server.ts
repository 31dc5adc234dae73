import { isFilterName } from '#lib/characters/filterWords.ts';
import { asPlayer } from '#lib/server/asPlayer.ts';
import type { PageServerLoad } from './$types';

const MOST_SEARCH = 100;

export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => {
    const wanted = event.url.searchParams.get('filter') ?? 'all';
    const filter = isFilterName(wanted) ? wanted : 'all';
    const search = (event.url.searchParams.get('search') ?? '').trim().slice(0, MOST_SEARCH);
    const [retired, characters] = await Promise.all([
      api.characters.retired(),
      api.characters.list({ filter, search }),
    ]);
    return { filter, search, characters, retired };
  });
