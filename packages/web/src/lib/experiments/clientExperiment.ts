import { createClient } from '@dcs/api/client';
import { answered } from '#lib/answered.ts';
import type { AskExperiment } from './sessionExperiment.svelte.ts';

/** Asks over the typed client, on a connection for this one question: minutes may pass before the next. */
export function createAskExperiment(name: string, origin: () => string): AskExperiment {
  return async () => {
    const client = createClient({ url: origin(), backoff: { minMs: 250, maxMs: 5_000 } });
    try {
      return await answered(async () => ({ setup: await client.trpc.experiments.setup.query({ name }) }));
    } finally {
      client.close();
    }
  };
}
