import type { Clock } from '@dcs/engine';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { STATUS_CODES } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { ApiContext } from '../context.ts';
import { appRouter } from '../routers/app.ts';
import type { Timers } from '../services/timers.ts';
import { CLOSING, guardConnection, socketBackpressure, sweepConnections } from '../stream/connection.ts';
import type { ConnectionGuard, ConnectionLimits, ConnectionMeter } from '../stream/connection.ts';
import type { Door, Guest, Refusal } from './door.ts';
import { createDirectMessages } from './directMessages.ts';
import type { DirectMessages } from './directMessages.ts';
import { GatheringSocket } from './gatheringSocket.ts';
import { createHeartbeats } from './heartbeats.ts';
import { isTrpcPath, MOST_CALLS_PER_BATCH } from './httpHandler.ts';
import { introduce } from './introduce.ts';
import { isOriginAllowed, remoteAddress } from './origin.ts';
import type { OriginPolicy } from './origin.ts';

export interface SocketsPorts {
  readonly contextOf: (req: IncomingMessage, connectionParams: Record<string, unknown> | null) => ApiContext;
  readonly meter: ConnectionMeter;
  readonly door: Door;
  readonly origins: OriginPolicy;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly limits: ConnectionLimits;
  /** A frame may not be larger. */
  readonly mostBytes: number;
}

export interface Sockets {
  /** Takes or refuses an upgrade of the HTTP server. */
  readonly upgrade: (req: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Tells every client that it will have to connect again. */
  announceRestart(): void;
  /** Closes every connection. */
  close(): Promise<void>;
}

/** Later than our own clients speak up by themselves, and sooner than proxies close what is silent. */
const HEARTBEAT = { askAfter: 30, patience: 10 } as const;
const GOODBYE_MS = 1_000;

/** Why an upgrade is not taken. */
type UpgradeRefusal = Refusal | { readonly status: 403 | 404; readonly reason: string };

function refuse(socket: Duplex, { status, ...refusal }: UpgradeRefusal): void {
  const body = JSON.stringify(refusal);
  const retry = 'retryAfterMs' in refusal ? [`retry-after: ${Math.ceil(refusal.retryAfterMs / 1000)}`] : [];
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    ...retry,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** What is known of a socket for as long as it is open. */
interface Watched {
  readonly guard: ConnectionGuard;
  readonly guest: Guest;
  /** Who is connected; `null` until the socket has said so. */
  context: Promise<ApiContext> | null;
}

/** Takes the messages that are ours before tRPC's listener, which was added last, gets the rest. */
function standBefore(socket: WebSocket, { take }: DirectMessages): void {
  const listener = socket.listeners('message').at(-1);
  if (listener === undefined) throw new Error('tRPC does not listen.');
  socket.off('message', listener as (...args: unknown[]) => void);
  socket.on('message', (data, isBinary) => {
    const rest = isBinary || !Buffer.isBuffer(data) ? data : take(data.toString('utf8'));
    if (rest !== null) listener.call(socket, typeof rest === 'string' ? Buffer.from(rest) : rest, isBinary);
  });
}

/** The WebSocket side of the API: Origin check, payload cap, sign-in deadline, rate limit and patience are ours. */
export function createSockets(ports: SocketsPorts): Sockets {
  const { meter, door, timers, clock, limits, origins } = ports;
  const server = new WebSocketServer<typeof GatheringSocket>({
    noServer: true,
    WebSocket: GatheringSocket,
    maxPayload: ports.mostBytes,
    perMessageDeflate: false,
  });
  const watched = new WeakMap<WebSocket, Watched>();
  const heartbeats = createHeartbeats({ timers, ...HEARTBEAT });

  async function welcome(context: ApiContext, { guard, guest }: Watched): Promise<ApiContext> {
    guard.signedIn();
    await introduce(guest, context);
    return context;
  }

  const handler = applyWSSHandler({
    wss: server,
    router: appRouter,
    maxBatchSize: MOST_CALLS_PER_BATCH,
    createContext: ({ req, res, info }) => {
      const known = watched.get(res);
      if (known === undefined) throw new Error('A socket came in past the door.');
      known.context = welcome(ports.contextOf(req, info.connectionParams), known);
      return known.context;
    },
  });

  // Before tRPC's own listener: it asks for the context at once.
  server.prependListener('connection', (socket, req) => {
    const guard = guardConnection(socket, req, { clock, timers, limits, meter });
    const guest = door.enter(remoteAddress(req, origins), guard.cut);
    socket.once('close', guest.left);
    watched.set(socket, { guard, guest, context: null });
    heartbeats.watch(socket);
  });

  // After it: what it leaves to us never reaches it.
  server.on('connection', (socket) => {
    const direct = createDirectMessages({
      socket,
      context: () => watched.get(socket)?.context ?? null,
      backpressure: socketBackpressure(socket, timers, limits),
    });
    socket.once('close', direct.stopAll);
    standBefore(socket, direct);
  });
  const sweep = sweepConnections(server.clients, { timers, limits, meter });

  function refusal(req: IncomingMessage): UpgradeRefusal | null {
    if (!isTrpcPath((req.url ?? '/').split('?', 1)[0] ?? '/'))
      return { status: 404, reason: 'request/not-found' };
    if (!isOriginAllowed(req, origins)) return { status: 403, reason: 'request/foreign-origin' };
    return door.refusal(remoteAddress(req, origins));
  }

  async function close(): Promise<void> {
    sweep.cancel();
    heartbeats.stop();
    const { code, reason } = CLOSING.RESTARTING;
    for (const socket of server.clients) socket.close(code, reason);
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
        server.handleUpgrade(req, socket, head, (accepted) => {
          accepted.gatherOn(socket);
          server.emit('connection', accepted, req);
        });
        return;
      }
      meter.refused(refused.reason);
      refuse(socket, refused);
    },
    announceRestart: () => handler.broadcastReconnectNotification(),
    close,
  };
}
