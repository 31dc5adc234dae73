import { fail } from '@sveltejs/kit';
import { asPlayer } from '#lib/server/asPlayer.ts';
import { readRefusal } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => ({ character: await api.characters.get({ hid: event.params.hid }) }));

const MOST_REVISION = 128;

export const actions: Actions = {
  retire: async (event) => {
    const form = await event.request.formData();
    const revision = form.get('expectedRevision');
    const expectedRevision = typeof revision === 'string' ? revision.slice(0, MOST_REVISION) : '';
    try {
      await event.locals.api.characters.delete({ hid: event.params.hid, expectedRevision });
      return { problem: '' };
    } catch (thrown) {
      const refusal = readRefusal(thrown);
      if (refusal?.reason === 'character/changed') return fail(409, { problem: refusal.message });
      return asPlayer(event, () => Promise.reject(thrown));
    }
  },
};
