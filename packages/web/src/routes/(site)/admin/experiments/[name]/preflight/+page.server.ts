import { fail } from '@sveltejs/kit';
import { preflightEntries, readPreflight } from '#lib/admin/preflightInput.ts';
import { asPlayer } from '#lib/server/asPlayer.ts';
import { readRefusal } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

/** Whether there is such an experiment, and whether the visitor may see it, is known before anything is simulated. */
export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => {
    const { title } = await api.admin.experiment({ name: event.params.name });
    return { name: event.params.name, title };
  });

export const actions: Actions = {
  default: async (event) => {
    const asked = preflightEntries(await event.request.formData());
    const read = readPreflight(asked);
    if (!read.ok) return fail(400, { asked, field: read.field, problem: read.problem });
    try {
      const { name } = event.params;
      const report = await event.locals.api.experiments.preflight({ name, ...read.input });
      return { asked, report, field: null, problem: '' };
    } catch (thrown) {
      const refusal = readRefusal(thrown);
      if (refusal?.status === 400) return fail(400, { asked, field: null, problem: refusal.message });
      return asPlayer(event, () => Promise.reject(thrown));
    }
  },
};
