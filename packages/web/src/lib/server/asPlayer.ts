import { redirect } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import type { Api } from '#lib/server/host.ts';
import { readRefusal, showRefusal } from '#lib/server/refusal.ts';

/**
 * Runs what only a signed-in player may do. Whoever is not signed in goes to the sign-in page and comes back; every other
 * refusal becomes the error page that fits.
 */
export async function asPlayer<Result>(
  event: Pick<RequestEvent, 'locals' | 'url'>,
  run: (api: Api) => Promise<Result>,
): Promise<Result> {
  try {
    return await run(event.locals.api);
  } catch (thrown) {
    if (readRefusal(thrown)?.code !== 'UNAUTHORIZED') showRefusal(thrown);
    const next = event.url.pathname + event.url.search;
    return redirect(303, `/login?next=${encodeURIComponent(next)}`);
  }
}
