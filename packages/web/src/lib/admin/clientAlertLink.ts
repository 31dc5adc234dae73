import { createClient } from '@dcs/api/client';
import type { AlertLink } from '#lib/admin/liveAlerts.svelte.ts';

/** Alerts over the typed client. The browser signs the connection in with its cookie. */
export function createClientAlertLink(origin: string): AlertLink {
  const client = createClient({ url: origin, backoff: { minMs: 1_000, maxMs: 10_000 } });
  let stop = (): void => undefined;
  return {
    watch: (told) => {
      const subscription = client.trpc.admin.alerts.subscribe(undefined, { onData: told });
      stop = () => subscription.unsubscribe();
    },
    stop: () => {
      stop();
      client.close();
    },
  };
}
