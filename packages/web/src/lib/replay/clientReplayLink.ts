import { createClient, type DcsClient } from '@dcs/api/client';
import { answered } from '#lib/answered.ts';
import type { ReplayLink } from '#lib/replay/replayLink.ts';
import { PAGE } from '#lib/replay/steps.svelte.ts';

interface LinkOptions {
  readonly sessionId: string;
  /** Where the page came from; the browser signs the connection in with its cookie. */
  readonly origin: string;
}

/** A session's past over the typed client. A replay that has everything makes no connection. */
export function createClientReplayLink({ sessionId, origin }: LinkOptions): ReplayLink & { close(): void } {
  let client: DcsClient | null = null;
  const sessions = (): DcsClient['sessions'] => {
    client ??= createClient({ url: origin, backoff: { minMs: 250, maxMs: 5_000 } });
    return client.trpc.sessions;
  };

  return {
    steps: (afterSeq) =>
      answered(() => sessions().reconstruction.query({ sessionId, afterSeq, limit: PAGE })),
    extent: () => answered(() => sessions().status.query({ sessionId })),
    branch: (atSeq, commandId) => answered(() => sessions().branch.mutate({ sessionId, atSeq, commandId })),
    close: () => client?.close(),
  };
}
