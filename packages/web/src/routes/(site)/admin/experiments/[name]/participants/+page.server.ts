import { readParticipantsInput } from '#lib/admin/participantsInput.ts';
import { asPlayer } from '#lib/server/asPlayer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => {
    const { name } = event.params;
    const input = readParticipantsInput(event.url.searchParams);
    return { name, input, page: await api.admin.participants({ name, ...input }) };
  });
