import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiContext } from '../context.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { appRouter } from '../routers/app.ts';
import type { ServerStatusDto } from '../dto.ts';
import type { Health } from './health.ts';
import { corsOrigin, isOriginAllowed } from './origin.ts';
import type { OriginPolicy } from './origin.ts';
import { respondJson } from './respond.ts';

/** A body or a frame may not be larger. */
export const MOST_BYTES = 64 * 1024;
export const MOST_CALLS_PER_BATCH = 50;

/** What SvelteKit's `build/handler.js` exports. */
export type PageHandler = (
  req: IncomingMessage,
  res: ServerResponse,
  next: (error?: unknown) => void,
) => void;

export interface HttpHandlerPorts {
  readonly contextOf: (req: IncomingMessage, connectionParams: Record<string, unknown> | null) => ApiContext;
  readonly health: () => Promise<Health>;
  readonly status: () => ServerStatusDto;
  readonly metrics: Metrics;
  readonly origins: OriginPolicy;
  /** `null` for a server without pages. */
  readonly pages: PageHandler | null;
}

export type HttpHandler = (req: IncomingMessage, res: ServerResponse) => void;

export const isTrpcPath = (pathname: string): boolean =>
  pathname === '/trpc' || pathname.startsWith('/trpc/');

function pathOf(req: IncomingMessage): string {
  return (req.url ?? '/').split('?', 1)[0] ?? '/';
}

/** One port for everything: health, metrics, procedures, pages. */
export function createHttpHandler(ports: HttpHandlerPorts): HttpHandler {
  const trpc = createTrpcHandler(ports);
  return (req, res) => {
    const path = pathOf(req);
    if (isTrpcPath(path)) trpc(req, res);
    else if (path === '/healthz') void respondHealth(ports, res);
    else if (path === '/metrics') void respondMetrics(ports, res);
    else if (ports.pages === null)
      respondJson(res, 404, { reason: 'request/not-found', message: 'Nothing is here.' });
    else respondPage(ports.pages, ports.origins, { req, res });
  };
}

function createTrpcHandler({ contextOf, origins }: HttpHandlerPorts): HttpHandler {
  const handler = createHTTPHandler({
    router: appRouter,
    basePath: '/trpc/',
    maxBodySize: MOST_BYTES,
    maxBatchSize: MOST_CALLS_PER_BATCH,
    createContext: ({ req, info }) => contextOf(req, info.connectionParams),
  });
  return (req, res) => {
    if (!isOriginAllowed(req, origins)) {
      respondJson(res, 403, {
        reason: 'request/foreign-origin',
        message: 'This page may not use the API. The operator can add its origin to CORS_ORIGINS.',
      });
      return;
    }
    res.setHeader('x-content-type-options', 'nosniff');
    res.setHeader('cache-control', 'no-store');
    allowCors(res, corsOrigin(req, origins));
    if (req.method === 'OPTIONS') res.writeHead(204).end();
    else handler(req, res);
  };
}

function allowCors(res: ServerResponse, origin: string | null): void {
  res.setHeader('vary', 'origin');
  if (origin === null) return;
  res.setHeader('access-control-allow-origin', origin);
  res.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS');
  res.setHeader('access-control-allow-headers', 'authorization, content-type, last-event-id, trpc-accept');
  res.setHeader('access-control-max-age', '600');
}

async function respondHealth({ health, status }: HttpHandlerPorts, res: ServerResponse): Promise<void> {
  const found = await health();
  if (found.ok) respondJson(res, 200, status());
  else
    respondJson(res, 503, {
      ...status(),
      status: 'unavailable',
      reason: found.reason,
      message: found.message,
    });
}

async function respondMetrics({ metrics }: HttpHandlerPorts, res: ServerResponse): Promise<void> {
  try {
    const { contentType, body } = await metrics.expose();
    res.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-store' }).end(body);
  } catch {
    respondJson(res, 500, { reason: 'server/internal', message: 'The metrics could not be gathered.' });
  }
}

function respondPage(
  pages: PageHandler,
  { trustProxy }: OriginPolicy,
  { req, res }: { req: IncomingMessage; res: ServerResponse },
): void {
  // The pages' own check of form posts needs the protocol; only a proxy that we trust may say it.
  if (!trustProxy) req.headers['x-forwarded-proto'] = 'http';
  else req.headers['x-forwarded-proto'] ??= 'http';
  pages(req, res, (error) => {
    if (res.headersSent) {
      res.end();
      return;
    }
    const failed = error !== undefined && error !== null;
    respondJson(res, failed ? 500 : 404, {
      reason: failed ? 'server/internal' : 'request/not-found',
      message: failed ? 'The page could not be made. Please try again.' : 'Nothing is here.',
    });
  });
}
