import { createClient } from '@dcs/api/client';
import { problemOf } from '#lib/answered.ts';
import type { AskEvaluation } from '#lib/evaluation/evaluation.svelte.ts';

/** Asks over the typed client, on a connection for this one question: most who look at the end of a session never ask it. */
export function createAskEvaluation(sessionId: string, origin: () => string): AskEvaluation {
  return async () => {
    const client = createClient({ url: origin(), backoff: { minMs: 250, maxMs: 5_000 } });
    try {
      return { ok: true, ...(await client.trpc.sessions.evaluation.mutate({ sessionId })) };
    } catch (thrown) {
      return { ok: false, ...problemOf(thrown) };
    } finally {
      client.close();
    }
  };
}
