import { asPlayer } from '#lib/server/asPlayer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => {
    await api.players.me();
    const games = await api.games.list();
    return { games: games.map(({ name, title, description, kind }) => ({ name, title, description, kind })) };
  });
