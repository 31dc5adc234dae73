import { createTRPCClient, createWSClient, httpLink, TRPCClientError, wsLink } from '@trpc/client';
import type { TRPCClient } from '@trpc/client';
import superjson from 'superjson';
import { createClient } from '../../src/client/index.ts';
import type { AppRouter } from '../../src/client/index.ts';

/** The ways in which a player's commands reach the server: two connections of our client, HTTP, and tRPC's own client. */
export const WAYS = ['ours', 'ours again', 'http', 'trpc-ws'] as const;
export type Way = (typeof WAYS)[number];

export interface Ways extends Disposable {
  readonly trpc: Readonly<Record<Way, TRPCClient<AppRouter>>>;
}

const BACKOFF = { minMs: 1, maxMs: 20 };

/** Opens all ways for the holder of `accessKey`. Whoever calls closes them. */
export function openWays(url: string, accessKey: string): Ways {
  const ours = createClient({ url, accessKey, backoff: BACKOFF });
  const oursAgain = createClient({ url, accessKey, backoff: BACKOFF });
  const http = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url}/trpc`,
        headers: { authorization: `Bearer ${accessKey}` },
        transformer: superjson,
      }),
    ],
  });
  const socket = createWSClient({
    url: `${url.replace('http', 'ws')}/trpc`,
    connectionParams: { accessKey },
    retryDelayMs: () => BACKOFF.maxMs,
  });
  const ws = createTRPCClient<AppRouter>({ links: [wsLink({ client: socket, transformer: superjson })] });
  return {
    trpc: { ours: ours.trpc, 'ours again': oursAgain.trpc, http, 'trpc-ws': ws },
    [Symbol.dispose]: () => {
      ours.close();
      oursAgain.close();
      void socket.close();
    },
  };
}

/** A refusal that the server gave; `null` for what happened on the way. */
export function refusalIn(error: unknown): { readonly reason: string; readonly retryable: boolean } | null {
  if (!(error instanceof TRPCClientError)) throw error;
  const data: unknown = error.data;
  if (typeof data !== 'object' || data === null || !('reason' in data) || !('retryable' in data)) return null;
  return { reason: String(data.reason), retryable: data.retryable === true };
}
