import type { Clock } from '@dcs/engine';
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { createRateLimiter } from '../services/rateLimiter.ts';
import type { Timers } from '../services/timers.ts';
import type { Backpressure } from './backpressure.ts';

/** Close codes of our own; a client does not connect again after the first two. */
export const CLOSE = {
  NOT_SIGNED_IN: 4401,
  KEY_REVOKED: 4403,
  TOO_SLOW: 4408,
  TOO_MANY_MESSAGES: 4429,
  RESTARTING: 1012,
} as const;

export interface ConnectionLimits {
  /** Bytes in the socket above which nothing more is written for a while. */
  readonly highWaterBytes: number;
  /** Bytes in the socket at which it is given up. */
  readonly mostBytes: number;
  /** How long a reader may stay above the high water mark. */
  readonly patienceMs: number;
  readonly messagesPerSecond: number;
  /** How long a connection that announced its access key may take to present it. */
  readonly signInMs: number;
}

export const DEFAULT_LIMITS: ConnectionLimits = {
  highWaterBytes: 256 * 1024,
  mostBytes: 4 * 1024 * 1024,
  patienceMs: 10_000,
  messagesPerSecond: 5_000,
  signInMs: 5_000,
};

const POLL_MS = 20;

/** Waits for a slow reader, as tRPC does not: `ws` has no event for it, so the fill level is looked at. */
export function socketBackpressure(
  socket: Pick<WebSocket, 'bufferedAmount' | 'readyState' | 'OPEN'>,
  timers: Timers,
  limits: Pick<ConnectionLimits, 'highWaterBytes' | 'patienceMs'>,
): Backpressure {
  return {
    ready: async (signal) => {
      for (let waited = 0; socket.bufferedAmount > limits.highWaterBytes; waited += POLL_MS) {
        if (socket.readyState !== socket.OPEN || signal?.aborted === true || waited >= limits.patienceMs)
          return false;
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
  readonly onCut: (reason: string) => void;
}

/**
 * Cuts a connection that announces its access key and does not present it in time (until `signedIn` is called), or that
 * sends too much.
 */
export function guardConnection(
  socket: WebSocket,
  req: Pick<IncomingMessage, 'url'>,
  { clock, timers, limits, onCut }: GuardOptions,
): { signedIn(): void } {
  const rate = createRateLimiter({
    clock,
    burst: 2 * limits.messagesPerSecond,
    perSecond: limits.messagesPerSecond,
  });
  let isCut = false;
  const cut = (code: number, reason: string): void => {
    if (isCut) return;
    isCut = true;
    onCut(reason);
    socket.close(code, reason);
  };
  const announced = new URL(req.url ?? '/', 'http://localhost').searchParams.get('connectionParams') === '1';
  const deadline = announced
    ? timers.after(limits.signInMs, () => cut(CLOSE.NOT_SIGNED_IN, 'No access key came in time.'))
    : null;
  socket.on('message', () => {
    if (!rate.take('')) cut(CLOSE.TOO_MANY_MESSAGES, 'Too many messages. Slow down.');
  });
  socket.once('close', () => deadline?.cancel());
  return { signedIn: () => deadline?.cancel() };
}

/** Gives up sockets whose reader has stopped reading. One timer for all: idle connections cost no time. */
export function sweepConnections(
  sockets: ReadonlySet<WebSocket>,
  { timers, limits, onCut }: Pick<GuardOptions, 'timers' | 'limits' | 'onCut'>,
): { cancel(): void } {
  return timers.every(1_000, () => {
    for (const socket of sockets) {
      if (socket.bufferedAmount <= limits.mostBytes) continue;
      onCut('Too slow.');
      socket.terminate();
    }
  });
}
