import { showRefusal } from '#lib/server/refusal.ts';
import type { PageServerLoad } from './$types';

const PAGE_SIZE = 20;
const MAX_CURSOR = 100;

export const load: PageServerLoad = async ({ locals, url }) => {
  const cursor = url.searchParams.get('after') ?? '';
  const usable = cursor !== '' && cursor.length <= MAX_CURSOR;
  try {
    return await locals.api.experiments.list({ limit: PAGE_SIZE, ...(usable ? { cursor } : {}) });
  } catch (thrown) {
    return showRefusal(thrown);
  }
};
