import type { Clock } from '@dcs/engine';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { App } from '../app.ts';
import type { Logger } from '../logger.ts';
import type { Timers } from '../services/timers.ts';
import type { ConnectionLimits } from '../stream/connection.ts';
import { createDoor } from './door.ts';
import type { Door, DoorLimits } from './door.ts';
import { createHealthCheck } from './health.ts';
import type { HealthCheck } from './health.ts';
import { createHttpHandler } from './httpHandler.ts';
import type { PageHandler } from './httpHandler.ts';
import { listen } from './listen.ts';
import type { OriginPolicy } from './origin.ts';
import { offerToPages } from './pageHost.ts';
import { createSockets } from './sockets.ts';
import type { Sockets } from './sockets.ts';

export interface NetworkPorts {
  readonly app: App;
  /** What the server cannot do without. */
  readonly checks: readonly HealthCheck[];
  /** `null` for a server without pages. */
  readonly pages: PageHandler | null;
  readonly origins: OriginPolicy;
  readonly limits: NetworkLimits;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
}

export interface NetworkLimits {
  readonly door: DoorLimits;
  readonly connection: ConnectionLimits;
  /** A body or a frame may not be larger, in bytes. */
  readonly requestBytes: number;
  /** How long turns and calls may take to end when the server is stopped, in milliseconds. */
  readonly drainMs: number;
}

/** One port for HTTP, WebSockets and pages. */
export interface Network {
  /** Resolves with the port. Throws StartError. */
  listen(address: { readonly host: string; readonly port: number }): Promise<number>;
  /**
   * Takes no newcomers, lets turns in flight end and closes every connection; the app is stopped on the way. Never
   * rejects.
   */
  stop(): Promise<void>;
}

/** For answers that are written already and have not left yet. */
const GOODBYE_MS = 1_000;

export function createNetwork(ports: NetworkPorts): Network {
  const { app, origins, clock, timers, limits, logger } = ports;
  const { metrics, services, contextOf } = app;
  const meter = metrics.connections;
  const door = createDoor({ keys: services.keys, timers, limits: limits.door, meter });
  const sockets = createSockets({
    contextOf,
    meter,
    door,
    origins,
    clock,
    timers,
    limits: limits.connection,
    mostBytes: limits.requestBytes,
  });
  const isDraining = (): boolean => door.isShut;
  const handler = createHttpHandler({
    contextOf,
    door,
    health: createHealthCheck({ checks: ports.checks, isDraining, clock, timers, logger }),
    status: services.server.status,
    metrics,
    logger,
    faultOf: (error, path) => app.errorShape(error, path).data.errorId,
    exports: {
      exports: app.services.experimentExports,
      contextOf: app.contextOf,
      errorShape: app.errorShape,
    },
    origins,
    pages: ports.pages,
    mostBytes: limits.requestBytes,
    limits: limits.connection,
  });
  const server = createServer(handler);
  server.on('upgrade', sockets.upgrade);
  const withdraw = offerToPages(app);
  return {
    listen: (address) => listen(server, address),
    stop: async () => {
      await drain(ports, door, sockets);
      withdraw();
      await sockets.close();
      await closeServer(server, timers);
      door.stop();
    },
  };
}

/**
 * In this order: no newcomers, who are told to come again and find another server if there is one; then clients are
 * warned; then turns and calls end and the sessions are made safe.
 */
async function drain(
  { app, timers, limits, logger }: NetworkPorts,
  door: Door,
  sockets: Sockets,
): Promise<void> {
  door.shut();
  sockets.announceRestart();
  const tooLate = Promise.withResolvers<'too late'>();
  const timer = timers.after(limits.drainMs, () => tooLate.resolve('too late'));
  const safe = app.stop().catch((error: unknown) => {
    // The log has what was said; what is missing is made up for when a session is used again.
    logger.error({ err: error }, 'Not every session could be paused.');
  });
  if ((await Promise.race([safe, tooLate.promise])) === 'too late') {
    logger.warn('Turns took too long to end. They will be finished when their sessions are used again.');
  }
  timer.cancel();
  // What has just been answered is on its way through the transport.
  for (let round = 0; round < 2; round += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Ends streams and connections that are kept for later; answers that are being written get a moment. */
async function closeServer(server: Server, timers: Timers): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  const deadline = timers.after(GOODBYE_MS, () => server.closeAllConnections());
  await closed;
  deadline.cancel();
}
