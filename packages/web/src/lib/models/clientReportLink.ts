import { createClient } from '@dcs/api/client';
import { answered } from '#lib/answered.ts';
import type { ReportLink } from '#lib/models/freshReport.svelte.ts';

/** Reports over the typed client. The browser signs the connection in with its cookie. */
export function createClientReportLink(origin: string): ReportLink {
  const client = createClient({ url: origin, backoff: { minMs: 1_000, maxMs: 10_000 } });
  return {
    report: (input) => answered(() => client.trpc.admin.models.query(input)),
    stop: () => client.close(),
  };
}
