import { fail } from '@sveltejs/kit';
import { asPlayer } from '#lib/server/asPlayer.ts';
import { readRefusal } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => ({
    origin: event.url.origin,
    experiment: await api.admin.experiment({ name: event.params.name }),
  }));

const MOST_REASON = 500;

export const actions: Actions = {
  start: async (event) => {
    const revision = (await event.request.formData()).get('revision');
    return steered(event, () =>
      event.locals.api.admin.reviseExperiment({
        name: event.params.name,
        revision: typeof revision === 'string' ? revision : '',
      }),
    );
  },
  pause: async (event) => {
    const reason = (await event.request.formData()).get('reason');
    return steered(event, () =>
      event.locals.api.admin.pauseExperiment({
        name: event.params.name,
        reason: typeof reason === 'string' ? reason.trim().slice(0, MOST_REASON) : '',
      }),
    );
  },
  resume: (event) =>
    steered(event, () => event.locals.api.admin.resumeExperiment({ name: event.params.name })),
};

/** What the experiment refuses is told on its page. */
async function steered(event: Parameters<typeof asPlayer>[0], steer: () => Promise<unknown>) {
  try {
    await steer();
    return { problem: '' };
  } catch (thrown) {
    const refusal = readRefusal(thrown);
    if (refusal?.status === 409) return fail(409, { problem: refusal.message });
    return asPlayer(event, () => Promise.reject(thrown));
  }
}
