import { fail } from '@sveltejs/kit';
import { asPlayer } from '#lib/server/asPlayer.ts';
import { readRefusal } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => {
    const { name } = event.params;
    return { name, revisions: await api.admin.experimentRevisions({ name }) };
  });

const MOST_REVISION = 128;

export const actions: Actions = {
  default: async (event) => {
    const asked = (await event.request.formData()).get('revision');
    const revision = typeof asked === 'string' ? asked.slice(0, MOST_REVISION) : '';
    try {
      await event.locals.api.admin.reviseExperiment({ name: event.params.name, revision });
      return { problem: '' };
    } catch (thrown) {
      const refusal = readRefusal(thrown);
      if (refusal?.status === 409) return fail(409, { problem: refusal.message });
      return asPlayer(event, () => Promise.reject(thrown));
    }
  },
};
