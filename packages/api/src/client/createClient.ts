import { createTRPCClient } from '@trpc/client';
import type { TRPCClient } from '@trpc/client';
import type { AppRouter } from '../routers/app.ts';
import type { BackoffOptions } from './backoff.ts';
import { createLine } from './connection.ts';
import type { Connection, SocketLike } from './connection.ts';
import { newCommandId } from './ids.ts';
import { createCalls } from './link.ts';
import { createPlaySession } from './playSession.ts';
import type { PlaySession } from './playSession.ts';
import { retrying } from './retrying.ts';
import { encodeConnectionParams } from './wire.ts';

export interface ClientOptions {
  /** Where the server is, such as `http://localhost:5173`. */
  readonly url: string;
  /** Without it, a browser's sign-in cookie counts, or one registers first. */
  readonly accessKey?: string;
  /** How long to wait between attempts to connect. */
  readonly backoff?: BackoffOptions;
  /** Silence after which the connection is tested. */
  readonly heartbeatMs?: number;
  /** Makes a socket; by default the WebSocket of the browser or of Node. */
  readonly openSocket?: (url: string) => SocketLike;
}

export interface StartSession {
  /** Name or title of a game. */
  readonly game: string;
  /** Handles of characters; whoever is left out is chosen by chance. */
  readonly pc?: string;
  readonly npc?: string;
  readonly source?: string;
}

/** What the client adds to the procedures under `play`. */
export interface PlayConveniences {
  /** Creates a session, opens it and follows it. */
  start(request: StartSession): Promise<PlaySession>;
  /** Follows a session that exists, and opens it unless that has happened. */
  join(sessionId: string): Promise<PlaySession>;
}

/**
 * The typed client: every procedure by its name (`client.sessions.list.query()`), a connection that keeps itself up, and
 * sessions that can be played in a few lines.
 */
export type DcsClient = TRPCClient<AppRouter> & {
  readonly play: PlayConveniences;
  /** The procedures alone. */
  readonly trpc: TRPCClient<AppRouter>;
  readonly connection: Connection;
  /** Uses another access key from now on, for instance the one that registering gave. */
  signIn(accessKey: string): void;
  /** Closes the connection for good. */
  close(): void;
};

const BACKOFF: BackoffOptions = { minMs: 250, maxMs: 10_000 };
const HEARTBEAT_MS = 25_000;

function socketUrl(url: string, hasKey: boolean): string {
  const target = new URL('/trpc', url);
  target.protocol = target.protocol === 'https:' || target.protocol === 'wss:' ? 'wss:' : 'ws:';
  if (hasKey) target.searchParams.set('connectionParams', '1');
  return target.href;
}

/** A proxy of the procedures cannot be spread, so what is added is looked up first. */
function withExtras<Target extends object, Extras extends object>(
  target: Target,
  extras: Extras,
): Target & Extras {
  return new Proxy(target, {
    get: (inner, name) =>
      Object.hasOwn(extras, name) ? Reflect.get(extras, name) : Reflect.get(inner, name),
  }) as Target & Extras;
}

/** Connects to a server. The connection is made at once and kept up until `close`. */
export function createClient(options: ClientOptions): DcsClient {
  const { url, backoff = BACKOFF, openSocket = (target) => new WebSocket(target) } = options;
  let accessKey = options.accessKey ?? null;
  const calls = createCalls(() => line, backoff);
  const line = createLine({
    openSocket: () => openSocket(socketUrl(url, accessKey !== null)),
    greeting: () => (accessKey === null ? null : encodeConnectionParams({ accessKey })),
    backoff,
    heartbeatMs: options.heartbeatMs ?? HEARTBEAT_MS,
    onOpen: calls.opened,
    onMessage: calls.received,
    onDown: calls.down,
  });
  const trpc = createTRPCClient<AppRouter>({ links: [calls.link] });
  const play = withExtras(trpc.play, playConveniences(trpc, backoff));
  return withExtras(trpc, {
    trpc,
    play,
    connection: line,
    signIn: (key: string) => {
      accessKey = key;
      line.renew();
    },
    close: line.close,
  });
}

function playConveniences(trpc: TRPCClient<AppRouter>, backoff: BackoffOptions): PlayConveniences {
  async function join(sessionId: string): Promise<PlaySession> {
    const session = createPlaySession({ trpc, sessionId, backoff });
    try {
      const { opened, exited } = await session.ready();
      if (opened || exited) return session;
      const { lastSeq } = await retrying(() => trpc.play.open.mutate({ sessionId }), backoff);
      await session.arrived(lastSeq);
      return session;
    } catch (error) {
      session.leave();
      throw error;
    }
  }

  return {
    join,
    start: async (request) => {
      const commandId = newCommandId();
      const created = await retrying(() => trpc.play.create.mutate({ ...request, commandId }), backoff);
      return join(created.sessionId);
    },
  };
}
