import { asPlayer } from '#lib/server/asPlayer.ts';
import type { PageServerLoad } from './$types';

const PAGE_SIZE = 20;
const MAX_CURSOR = 500;

export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => {
    const cursor = event.url.searchParams.get('before');
    const usable = cursor !== null && cursor !== '' && cursor.length <= MAX_CURSOR;
    const page = await api.sessions.list({ limit: PAGE_SIZE, ...(usable ? { cursor } : {}) });
    return { sessions: page.sessions, nextCursor: page.nextCursor, first: !usable };
  });
