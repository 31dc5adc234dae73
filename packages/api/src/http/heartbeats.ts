import type { WebSocket } from 'ws';
import type { Timers } from '../services/timers.ts';

export interface HeartbeatOptions {
  readonly timers: Timers;
  /** Seconds of silence after which a peer is asked whether it is there. */
  readonly askAfter: number;
  /** Seconds that it has for an answer. */
  readonly patience: number;
}

/** Finds peers that are gone without a word. One timer for all connections: an idle one costs next to nothing. */
export interface Heartbeats {
  watch(socket: WebSocket): void;
  stop(): void;
}

/** tRPC's own question, which every tRPC client answers. */
const QUESTION = 'PING';

export function createHeartbeats({ timers, askAfter, patience }: HeartbeatOptions): Heartbeats {
  /** For each connection the second in which it was last heard. */
  const heardAt = new Map<WebSocket, number>();
  let now = 0;

  const beat = timers.every(1_000, () => {
    now += 1;
    for (const [socket, heard] of heardAt) {
      const silence = now - heard;
      if (silence === askAfter) socket.send(QUESTION);
      else if (silence >= askAfter + patience) socket.terminate();
    }
  });

  return {
    watch: (socket) => {
      heardAt.set(socket, now);
      socket.on('message', () => heardAt.set(socket, now));
      socket.once('close', () => heardAt.delete(socket));
    },
    stop: () => beat.cancel(),
  };
}
