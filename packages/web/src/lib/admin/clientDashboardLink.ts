import { createClient } from '@dcs/api/client';
import type { DashboardLink } from '#lib/admin/liveDashboard.svelte.ts';
import { answered } from '#lib/answered.ts';

/** Dashboards over the typed client. The browser signs the connection in with its cookie. */
export function createClientDashboardLink(origin: string): DashboardLink {
  const client = createClient({ url: origin, backoff: { minMs: 1_000, maxMs: 10_000 } });
  const { admin } = client.trpc;
  let stop = (): void => undefined;
  return {
    dashboard: (name) => answered(() => admin.experiment.query({ name })),
    watch: (name, changed) => {
      const subscription = admin.activity.subscribe({ name }, { onData: changed });
      stop = () => subscription.unsubscribe();
    },
    stop: () => {
      stop();
      client.close();
    },
  };
}
