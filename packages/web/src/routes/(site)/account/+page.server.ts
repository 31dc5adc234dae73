import { fail } from '@sveltejs/kit';
import { asPlayer } from '#lib/server/asPlayer.ts';
import { rememberKey } from '#lib/server/keyCookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  player: await asPlayer(event, (api) => api.players.me()),
});

export const actions: Actions = {
  rotate: async (event) => {
    const form = await event.request.formData();
    if (form.get('sure') !== 'yes') return fail(400, { accessKey: null });
    const { accessKey } = await asPlayer(event, (api) => api.players.rotateKey());
    rememberKey(event.cookies, event.url, accessKey);
    return { accessKey };
  },
};
