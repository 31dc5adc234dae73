import type { Clock } from '@dcs/engine';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { ApiContext } from '../context.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { appRouter } from '../routers/app.ts';
import type { KeyRing } from '../services/keyRing.ts';
import type { Timers } from '../services/timers.ts';
import type { Backpressure } from '../stream/backpressure.ts';
import { CLOSE, guardConnection, socketBackpressure, sweepConnections } from '../stream/connection.ts';
import type { ConnectionLimits } from '../stream/connection.ts';
import { isTrpcPath, MOST_BYTES, MOST_CALLS_PER_BATCH } from './httpHandler.ts';
import { isOriginAllowed } from './origin.ts';
import type { OriginPolicy } from './origin.ts';

export interface SocketsPorts {
  readonly contextOf: (
    req: IncomingMessage,
    connectionParams: Record<string, unknown> | null,
    backpressure: Backpressure,
  ) => ApiContext;
  readonly keys: KeyRing;
  readonly metrics: Metrics;
  readonly origins: OriginPolicy;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly limits: ConnectionLimits;
  readonly maxConnections: number;
}

export interface Sockets {
  /** Takes or refuses an upgrade of the HTTP server. */
  readonly upgrade: (req: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Tells every client that it will have to connect again, and takes no new ones. */
  announceRestart(): void;
  /** Closes every connection. */
  close(): Promise<void>;
  readonly size: number;
}

const KEEP_ALIVE = { enabled: true, pingMs: 20_000, pongWaitMs: 10_000 } as const;
const GOODBYE_MS = 1_000;
/** Whoever exchanges a key must get the new one over the socket that came in with the old. Calls stop at once. */
const LAST_WORD_MS = 250;

function refuse(socket: Duplex, status: string, reason: string): void {
  const body = JSON.stringify({ reason });
  socket.end(
    `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** Remembers which socket came in with which key, so that revoking the key closes it. */
function createKeyedSockets(keys: KeyRing, timers: Timers) {
  const byKey = new Map<string, Set<WebSocket>>();
  const stop = keys.onRevoked((keyId) => {
    timers.after(LAST_WORD_MS, () => {
      for (const socket of byKey.get(keyId) ?? [])
        socket.close(CLOSE.KEY_REVOKED, 'This access key was revoked.');
    });
  });

  function add(keyId: string, socket: WebSocket): void {
    const sockets = byKey.get(keyId) ?? new Set();
    byKey.set(keyId, sockets.add(socket));
    socket.once('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0) byKey.delete(keyId);
    });
  }

  return { add, stop };
}

/** The WebSocket side of the API: Origin check, payload cap, sign-in deadline, rate limit and patience are ours. */
export function createSockets(ports: SocketsPorts): Sockets {
  const { keys, metrics, timers, clock, limits } = ports;
  const server = new WebSocketServer({ noServer: true, maxPayload: MOST_BYTES, perMessageDeflate: false });
  const keyed = createKeyedSockets(keys, timers);
  const guards = new WeakMap<WebSocket, { signedIn(): void }>();
  let isRestarting = false;

  const handler = applyWSSHandler({
    wss: server,
    router: appRouter,
    keepAlive: KEEP_ALIVE,
    maxBatchSize: MOST_CALLS_PER_BATCH,
    createContext: async ({ req, res, info }) => {
      guards.get(res)?.signedIn();
      const context = ports.contextOf(req, info.connectionParams, socketBackpressure(res, timers, limits));
      // A database that does not answer now will be asked again with the first call.
      const principal =
        context.accessKey === null ? null : await keys.identify(context.accessKey).catch(() => null);
      if (principal !== null) keyed.add(principal.keyId, res);
      return context;
    },
  });

  server.on('connection', (socket, req) => {
    metrics.connection(1);
    socket.once('close', () => metrics.connection(-1));
    guards.set(
      socket,
      guardConnection(socket, req, { clock, timers, limits, onCut: metrics.refusedConnection }),
    );
  });
  const sweep = sweepConnections(server.clients, { timers, limits, onCut: metrics.refusedConnection });

  function refusal(req: IncomingMessage): readonly [status: string, reason: string] | null {
    if (!isTrpcPath((req.url ?? '/').split('?', 1)[0] ?? '/')) return ['404 Not Found', 'request/not-found'];
    if (!isOriginAllowed(req, ports.origins)) return ['403 Forbidden', 'request/foreign-origin'];
    if (isRestarting) return ['503 Service Unavailable', 'server/restarting'];
    if (server.clients.size >= ports.maxConnections)
      return ['503 Service Unavailable', 'limit/too-many-connections'];
    return null;
  }

  async function close(): Promise<void> {
    sweep.cancel();
    keyed.stop();
    for (const socket of server.clients) socket.close(CLOSE.RESTARTING, 'The server is restarting.');
    const deadline = timers.after(GOODBYE_MS, () => {
      for (const socket of server.clients) socket.terminate();
    });
    await Promise.all(
      [...server.clients].map(
        (socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())),
      ),
    );
    deadline.cancel();
    server.close();
  }

  return {
    upgrade: (req, socket, head) => {
      const refused = refusal(req);
      // A peer that resets the connection while it is refused must not bring the process down.
      socket.on('error', () => socket.destroy());
      if (refused === null) {
        server.handleUpgrade(req, socket, head, (accepted) => server.emit('connection', accepted, req));
        return;
      }
      metrics.refusedConnection(refused[1]);
      refuse(socket, ...refused);
    },
    announceRestart: () => {
      isRestarting = true;
      handler.broadcastReconnectNotification();
    },
    close,
    get size() {
      return server.clients.size;
    },
  };
}
