import { isRedirect, redirect } from '@sveltejs/kit';
import { stepOf } from '#lib/experiments/step.ts';
import { experimentActions } from '#lib/server/experimentActions.ts';
import { readOptions } from '#lib/server/experimentOptions.ts';
import { showRefusal } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { name } = event.params;
  try {
    const setup = await event.locals.api.experiments.setup({ name });
    // Names are found whatever their case; the page has one address.
    if (setup.name !== name) redirect(307, `/experiments/${setup.name}`);
    const choosing = stepOf(setup).at === 'choose' ? await readOptions(event, setup.name) : null;
    return { setup, choosing };
  } catch (thrown) {
    if (isRedirect(thrown)) throw thrown;
    return showRefusal(thrown);
  }
};

export const actions: Actions = experimentActions;
