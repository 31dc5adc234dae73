import { fail } from '@sveltejs/kit';
import { readNextPage } from '#lib/nextPage.ts';
import { problemsFor, readRegistration, type RegistrationProblems } from '#lib/registrationForm.ts';
import { rememberKey } from '#lib/server/keyCookie.ts';
import { readRefusal } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({ next: readNextPage(url.searchParams.get('next'), '') });

export const actions: Actions = {
  default: async ({ request, locals, cookies, url }) => {
    const values = readRegistration(await request.formData());
    try {
      const { accessKey } = await locals.api.players.register(values);
      rememberKey(cookies, url, accessKey);
      const problems: RegistrationProblems = {};
      return { accessKey, values: null, problems };
    } catch (thrown) {
      const refusal = readRefusal(thrown);
      if (refusal === null) throw thrown;
      const problems = problemsFor(refusal.fields);
      if (Object.keys(problems).length === 0) problems.form = refusal.message;
      return fail(refusal.status, { accessKey: null, values, problems });
    }
  },
};
