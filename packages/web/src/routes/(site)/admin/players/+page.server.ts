import { fail } from '@sveltejs/kit';
import { readPlayersInput } from '#lib/admin/playersInput.ts';
import { asPlayer } from '#lib/server/asPlayer.ts';
import { readRefusal } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => {
    const input = readPlayersInput(event.url.searchParams);
    return { input, page: await api.admin.players(input) };
  });

export const actions: Actions = {
  revoke: async (event) => {
    const asked = (await event.request.formData()).get('player');
    const playerId = typeof asked === 'string' ? asked : '';
    try {
      await event.locals.api.admin.revokeKey({ playerId });
      return { revoked: playerId, problem: '' };
    } catch (thrown) {
      const refusal = readRefusal(thrown);
      if (refusal?.status === 404) return fail(404, { revoked: '', problem: refusal.message });
      return asPlayer(event, () => Promise.reject(thrown));
    }
  },
};
