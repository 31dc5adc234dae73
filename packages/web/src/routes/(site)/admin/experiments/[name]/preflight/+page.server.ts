import { fail } from '@sveltejs/kit';
import { asPlayer } from '#lib/server/asPlayer.ts';
import { readRefusal } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

/** Whether there is such an experiment, and whether the visitor may see it, is known before anything is simulated. */
export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => {
    const { title } = await api.admin.experiment({ name: event.params.name });
    return { name: event.params.name, title };
  });

const MOST_SEED = 64;
const NOBODY = 'How many participants are to come? A whole number of at least 1.';

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const participants = Number(form.get('participants'));
    const given = form.get('seed');
    const seed = typeof given === 'string' ? given.trim().slice(0, MOST_SEED) : '';
    const asked = { participants, seed };
    if (!Number.isInteger(participants) || participants < 1) return fail(400, { asked, problem: NOBODY });
    try {
      const report = await event.locals.api.experiments.preflight({
        name: event.params.name,
        ...asked,
      });
      return { asked, report, problem: '' };
    } catch (thrown) {
      const refusal = readRefusal(thrown);
      if (refusal?.status === 400) return fail(400, { asked, problem: refusal.message });
      return asPlayer(event, () => Promise.reject(thrown));
    }
  },
};
