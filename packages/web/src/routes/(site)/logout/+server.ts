import { redirect } from '@sveltejs/kit';
import { forgetKey } from '#lib/server/keyCookie.ts';
import type { RequestHandler } from './$types';

/** Signing out is a change, so an address alone does not do it: the account page has the button. */
export const GET: RequestHandler = () => redirect(303, '/account');

export const POST: RequestHandler = ({ cookies, url }) => {
  forgetKey(cookies, url);
  redirect(303, '/');
};
