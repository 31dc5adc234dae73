import type { Clock } from '@dcs/engine';
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { createTokenBucket } from '../services/rateLimiter.ts';
import type { Timers } from '../services/timers.ts';
import type { Backpressure } from './backpressure.ts';

/** Why the server closes a connection that it had taken. The reason goes with the close frame. */
export interface Closing {
  readonly code: number;
  /** Stable and namespaced, as everywhere. */
  readonly reason: string;
}

/** A client comes back by itself after all of these but KEY_REVOKED. */
export const CLOSING = {
  NOT_SIGNED_IN: { code: 4401, reason: 'auth/no-key-in-time' },
  KEY_REVOKED: { code: 4403, reason: 'auth/key-revoked' },
  TOO_SLOW: { code: 4408, reason: 'stream/too-slow' },
  TOO_MANY_MESSAGES: { code: 4429, reason: 'limit/too-many-messages' },
  TOO_MANY_CONNECTIONS: { code: 4429, reason: 'limit/too-many-connections-of-key' },
  RESTARTING: { code: 1012, reason: 'server/restarting' },
} as const satisfies Record<string, Closing>;

export interface ConnectionMeter {
  /** A connection was taken, or is gone. */
  connection(change: 1 | -1): void;
  /** A connection was not taken. */
  refused(reason: string): void;
  /** An open connection was closed by the server. */
  cut(reason: string): void;
}

export interface ConnectionLimits {
  /** Bytes in the socket above which nothing more is written for a while. */
  readonly highWaterBytes: number;
  /** Bytes in the socket at which it is given up. */
  readonly mostBytes: number;
  /** How long a reader may stay above the high water mark. */
  readonly patienceMs: number;
  /** After how long a stream over HTTP is given up that takes nothing any more, not even the pings. */
  readonly stalledStreamMs: number;
  readonly messagesPerSecond: number;
  /** How long a connection that announced its access key may take to present it. */
  readonly signInMs: number;
}

/** What is not a setting. */
export const BUFFER_LIMITS = {
  highWaterBytes: 256 * 1024,
  mostBytes: 4 * 1024 * 1024,
  patienceMs: 10_000,
  stalledStreamMs: 45_000,
} as const satisfies Partial<ConnectionLimits>;

const POLL_MS = 20;
/** A peer that is cut and does not answer the close frame is gone after this. */
const LAST_WORD_MS = 1_000;

/** Waits for a slow reader, as tRPC does not: `ws` has no event for it, so the fill level is looked at. */
export function socketBackpressure(
  socket: Pick<WebSocket, 'bufferedAmount' | 'readyState' | 'OPEN'>,
  timers: Timers,
  limits: Pick<ConnectionLimits, 'highWaterBytes' | 'patienceMs'>,
): Backpressure {
  const hasRoom = (): boolean => socket.bufferedAmount <= limits.highWaterBytes;
  return {
    get hasRoom() {
      return hasRoom();
    },
    ready: async () => {
      for (let waited = 0; !hasRoom(); waited += POLL_MS) {
        if (socket.readyState !== socket.OPEN || waited >= limits.patienceMs) return false;
        await new Promise<void>((resolve) => {
          timers.after(POLL_MS, resolve);
        });
      }
      return true;
    },
  };
}

export interface GuardOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly limits: ConnectionLimits;
  readonly meter: Pick<ConnectionMeter, 'cut'>;
}

/** Watches over one connection. */
export interface ConnectionGuard {
  /** The access key was presented. */
  signedIn(): void;
  /** Closes the connection, once: nothing more that it says is heard. */
  readonly cut: (closing: Closing) => void;
}

/**
 * Cuts a connection that announces its access key and does not present it in time (until `signedIn` is called), or that
 * sends too much.
 */
export function guardConnection(
  socket: WebSocket,
  req: Pick<IncomingMessage, 'url'>,
  { clock, timers, limits, meter }: GuardOptions,
): ConnectionGuard {
  const { messagesPerSecond } = limits;
  const rate = { burst: 2 * messagesPerSecond, perSecond: messagesPerSecond };
  const messages = createTokenBucket(rate, clock.now());
  let isCut = false;

  function cut({ code, reason }: Closing): void {
    if (isCut) return;
    isCut = true;
    meter.cut(reason);
    socket.close(code, reason);
    // What a flood has under way, and what has arrived of it, would be played otherwise, and every reply thrown away.
    socket.removeAllListeners('message');
    timers.after(LAST_WORD_MS, () => socket.terminate());
  }

  const announced = new URL(req.url ?? '/', 'http://localhost').searchParams.get('connectionParams') === '1';
  const deadline = announced ? timers.after(limits.signInMs, () => cut(CLOSING.NOT_SIGNED_IN)) : null;
  socket.on('message', () => {
    if (messages.take(clock.now()) > 0) cut(CLOSING.TOO_MANY_MESSAGES);
  });
  socket.on('error', (error) => {
    // `ws` has closed it with code 1009 already.
    if ('code' in error && error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') meter.cut('request/too-large');
  });
  socket.once('close', () => deadline?.cancel());
  return { signedIn: () => deadline?.cancel(), cut };
}

/** Gives up sockets whose reader has stopped reading. One timer for all: idle connections cost no time. */
export function sweepConnections(
  sockets: ReadonlySet<WebSocket>,
  { timers, limits, meter }: Pick<GuardOptions, 'timers' | 'limits' | 'meter'>,
): { cancel(): void } {
  return timers.every(1_000, () => {
    for (const socket of sockets) {
      if (socket.bufferedAmount <= limits.mostBytes) continue;
      meter.cut(CLOSING.TOO_SLOW.reason);
      socket.terminate();
    }
  });
}
