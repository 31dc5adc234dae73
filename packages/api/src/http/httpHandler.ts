import type { TRPCError } from '@trpc/server';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiContext } from '../context.ts';
import { ApiError, errorFacts } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { appRouter } from '../routers/app.ts';
import type { ServerStatusDto } from '../dto.ts';
import { CLOSING } from '../stream/connection.ts';
import type { ConnectionLimits } from '../stream/connection.ts';
import { exportedName, respondExport } from './exportDownload.ts';
import type { ExportDownloadPorts } from './exportDownload.ts';
import type { Door, Refusal } from './door.ts';
import type { Health } from './health.ts';
import { introduce } from './introduce.ts';
import { corsOrigin, isOriginAllowed, remoteAddress } from './origin.ts';
import type { OriginPolicy } from './origin.ts';
import { respondJson } from './respond.ts';
import { createSchemaHandler, isSchemaPath } from './schemaFiles.ts';

export const MOST_CALLS_PER_BATCH = 50;

/** What SvelteKit's `build/handler.js` exports. */
export type PageHandler = (
  req: IncomingMessage,
  res: ServerResponse,
  next: (error?: unknown) => void,
) => void;

export interface HttpHandlerPorts {
  readonly contextOf: (req: IncomingMessage, connectionParams: Record<string, unknown> | null) => ApiContext;
  readonly door: Door;
  readonly health: () => Promise<Health>;
  readonly status: () => ServerStatusDto;
  readonly metrics: Metrics;
  readonly logger: Pick<Logger, 'error'>;
  /** Reports a fault of a page and gives it its id. */
  readonly faultOf: (error: unknown, path: string) => string;
  readonly exports: ExportDownloadPorts;
  readonly origins: OriginPolicy;
  /** `null` for a server without pages. */
  readonly pages: PageHandler | null;
  /** A body may not be larger. */
  readonly mostBytes: number;
  readonly limits: Pick<ConnectionLimits, 'stalledStreamMs'>;
}

export type HttpHandler = (req: IncomingMessage, res: ServerResponse) => void;

export const isTrpcPath = (pathname: string): boolean =>
  pathname === '/trpc' || pathname.startsWith('/trpc/');

function pathOf(req: IncomingMessage): string {
  return (req.url ?? '/').split('?', 1)[0] ?? '/';
}

/** One port for everything: health, metrics, procedures, exports, schemas, pages. */
export function createHttpHandler(ports: HttpHandlerPorts): HttpHandler {
  const trpc = createTrpcHandler(ports);
  const schemas = createSchemaHandler();
  return (req, res) => {
    const path = pathOf(req);
    const exported = exportedName(path);
    // Whoever keeps a connection open would keep a server that is about to stop from stopping.
    if (ports.door.isShut) res.shouldKeepAlive = false;
    if (isTrpcPath(path)) trpc(req, res);
    else if (path === '/healthz') void respondHealth(ports, res);
    else if (path === '/metrics') void respondMetrics(ports, res);
    else if (isSchemaPath(path)) schemas(path, { req, res });
    else if (exported !== null) void respondExport(ports.exports, exported, { req, res });
    else if (ports.pages === null)
      respondJson(res, 404, { reason: 'request/not-found', message: 'Nothing is here.' });
    else respondPage(ports.pages, ports, { req, res });
  };
}

/** Why a call over HTTP is not served: a server that is about to stop takes none, a full one no more streams. */
function refusalOf(
  { door, origins }: HttpHandlerPorts,
  req: IncomingMessage,
  isStream: boolean,
): Refusal | null {
  return isStream || door.isShut ? door.refusal(remoteAddress(req, origins)) : null;
}

/** A stream over HTTP is a connection like any other: it is counted, and ends with its key or when nobody reads it. */
async function enter(ports: HttpHandlerPorts, context: ApiContext, { req, res }: Exchange) {
  const { door, origins, metrics, limits } = ports;
  const guest = door.enter(remoteAddress(req, origins), () => res.destroy());
  res.once('close', guest.left);
  // While a reader takes nothing, Node writes nothing, and what it does not write does not count as activity.
  res.setTimeout(limits.stalledStreamMs, () => {
    metrics.connections.cut(CLOSING.TOO_SLOW.reason);
    res.destroy();
  });
  await introduce(guest, context);
}

interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

/** When to come again, for those who were told to wait. */
function retryHeaders(errors: readonly TRPCError[]): Record<string, string> {
  const waits = errors.flatMap((error) => errorFacts(error).retryAfterMs ?? []);
  return waits.length === 0 ? {} : { 'retry-after': String(Math.ceil(Math.max(...waits) / 1000)) };
}

function createTrpcHandler(ports: HttpHandlerPorts): HttpHandler {
  const { contextOf, origins } = ports;
  const handler = createHTTPHandler({
    router: appRouter,
    basePath: '/trpc/',
    maxBodySize: ports.mostBytes,
    maxBatchSize: MOST_CALLS_PER_BATCH,
    createContext: async ({ req, res, info }) => {
      const context = contextOf(req, info.connectionParams);
      const isStream = info.type === 'subscription';
      const refusal = refusalOf(ports, req, isStream);
      if (refusal !== null) {
        ports.metrics.connections.refused(refusal.reason);
        return { ...context, refusal: new ApiError(refusal.reason, refusal.message, refusal) };
      }
      if (isStream) await enter(ports, context, { req, res });
      return context;
    },
    responseMeta: ({ errors }) => ({ headers: retryHeaders(errors) }),
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
  if (found.ok) respondJson(res, 200, { ...status(), checks: found.checks });
  else
    respondJson(res, 503, {
      ...status(),
      status: 'unavailable',
      reason: found.reason,
      message: found.message,
      checks: found.checks,
    });
}

async function respondMetrics({ metrics, logger }: HttpHandlerPorts, res: ServerResponse): Promise<void> {
  try {
    const { contentType, body } = await metrics.expose();
    res.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-store' }).end(body);
  } catch (error) {
    logger.error({ err: error }, 'The metrics could not be gathered.');
    respondJson(res, 500, { reason: 'server/internal', message: 'The metrics could not be gathered.' });
  }
}

function respondPage(
  pages: PageHandler,
  { origins, faultOf }: HttpHandlerPorts,
  { req, res }: Exchange,
): void {
  // The pages' own check of form posts needs the protocol; only a proxy that we trust may say it.
  if (!origins.trustProxy) req.headers['x-forwarded-proto'] = 'http';
  else req.headers['x-forwarded-proto'] ??= 'http';
  pages(req, res, (error) => {
    const errorId = error === undefined || error === null ? null : faultOf(error, pathOf(req));
    if (res.headersSent) res.end();
    else if (errorId === null)
      respondJson(res, 404, { reason: 'request/not-found', message: 'Nothing is here.' });
    else {
      const message =
        'The page could not be made. Please try again; if it happens again, tell us the error id.';
      respondJson(res, 500, { reason: 'server/internal', message, errorId });
    }
  });
}
