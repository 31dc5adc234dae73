import type { Clock } from '@dcs/engine';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { App } from '../app.ts';
import type { Logger } from '../logger.ts';
import type { Timers } from '../services/timers.ts';
import type { ConnectionLimits } from '../stream/connection.ts';
import { createHealthCheck } from './health.ts';
import { createHttpHandler } from './httpHandler.ts';
import type { PageHandler } from './httpHandler.ts';
import { listen } from './listen.ts';
import type { OriginPolicy } from './origin.ts';
import { offerToPages } from './pageHost.ts';
import { createSockets } from './sockets.ts';
import type { Sockets } from './sockets.ts';

export interface NetworkPorts {
  readonly app: App;
  /** Rejects when the database does not answer. */
  readonly ping: () => Promise<void>;
  /** `null` for a server without pages. */
  readonly pages: PageHandler | null;
  readonly origins: OriginPolicy;
  readonly limits: ConnectionLimits;
  readonly maxConnections: number;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
}

/** One port for HTTP, WebSockets and pages. */
export interface Network {
  /** Resolves with the port. Throws StartError. */
  listen(address: { readonly host: string; readonly port: number }): Promise<number>;
  /** Lets turns in flight end and closes every connection; the app is stopped on the way. Never rejects. */
  stop(): Promise<void>;
}

const SHUTDOWN_MS = 10_000;

export function createNetwork(ports: NetworkPorts): Network {
  const { app, origins, clock, timers, limits, maxConnections } = ports;
  const { metrics, services, contextOf } = app;
  const sockets = createSockets({
    contextOf,
    keys: services.keys,
    metrics,
    origins,
    clock,
    timers,
    limits,
    maxConnections,
  });
  const handler = createHttpHandler({
    contextOf,
    health: createHealthCheck({ ping: ports.ping, clock, timers }),
    status: services.server.status,
    metrics,
    origins,
    pages: ports.pages,
  });
  const server = createServer(handler);
  server.on('upgrade', sockets.upgrade);
  const withdraw = offerToPages(app);
  return {
    listen: (address) => listen(server, address),
    stop: async () => {
      withdraw();
      await stopServing(ports, server, sockets);
    },
  };
}

/** In this order: no newcomers, clients warned, sessions safe, connections closed. */
async function stopServing(
  { app, timers, logger }: NetworkPorts,
  server: Server,
  sockets: Sockets,
): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  sockets.announceRestart();
  const safe = app.stop().catch((error: unknown) => {
    // The log has what was said; what is missing is made up for when a session is used again.
    logger.error({ err: error }, 'Not every session could be paused.');
  });
  await Promise.race([safe, new Promise<void>((resolve) => timers.after(SHUTDOWN_MS, resolve))]);
  await sockets.close();
  server.closeAllConnections();
  await closed;
}
