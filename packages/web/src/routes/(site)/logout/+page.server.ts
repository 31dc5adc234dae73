import { redirect } from '@sveltejs/kit';
import { forgetKey } from '#lib/server/keyCookie.ts';
import type { Actions, PageServerLoad } from './$types';

/** Signing out is a change, so an address alone does not do it: the account page has the button. */
export const load: PageServerLoad = () => redirect(303, '/account');

export const actions: Actions = {
  default: ({ cookies, url }) => {
    forgetKey(cookies, url);
    redirect(303, '/');
  },
};
