import { readAuditInput } from '#lib/admin/auditInput.ts';
import { asPlayer } from '#lib/server/asPlayer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  asPlayer(event, async (api) => {
    const input = readAuditInput(event.url.searchParams);
    return { input, page: await api.admin.audit(input) };
  });
