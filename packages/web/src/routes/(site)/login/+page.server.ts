import { fail, redirect } from '@sveltejs/kit';
import { readAccessKey } from '#lib/accessKey.ts';
import { readNextPage } from '#lib/nextPage.ts';
import { pageHost } from '#lib/server/host.ts';
import { rememberKey } from '#lib/server/keyCookie.ts';
import { readRefusal } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({
  next: readNextPage(url.searchParams.get('next'), '/games'),
});

export const actions: Actions = {
  key: async ({ request, cookies, url, getClientAddress }) => {
    const pasted = (await request.formData()).get('accessKey');
    const read = readAccessKey(typeof pasted === 'string' ? pasted : '');
    if (!read.ok) return fail(400, { problem: read.message });
    try {
      await pageHost().caller(read.key, getClientAddress()).players.me();
    } catch (thrown) {
      const refusal = readRefusal(thrown);
      if (refusal?.code !== 'UNAUTHORIZED') throw thrown;
      return fail(401, {
        problem:
          'This key is not known here. It may have been replaced by a newer one, or belong to another server.',
      });
    }
    rememberKey(cookies, url, read.key);
    return redirect(303, readNextPage(url.searchParams.get('next'), '/games'));
  },

  guest: async ({ cookies, url, locals }) => {
    try {
      const { accessKey } = await locals.api.players.anonymous();
      rememberKey(cookies, url, accessKey);
    } catch (thrown) {
      const refusal = readRefusal(thrown);
      if (refusal === null) throw thrown;
      return fail(refusal.status, { problem: refusal.message });
    }
    return redirect(303, readNextPage(url.searchParams.get('next'), '/games'));
  },
};
