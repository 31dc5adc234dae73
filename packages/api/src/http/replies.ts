import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { ApiContext, ErrorPlace } from '../context.ts';
import { errorShape } from '../errorShape.ts';
import { wireFormat } from '../wireFormat.ts';

/** By which a client knows what is answered. */
export const callIdSchema = z.union([z.number(), z.string().max(128)]);
export type CallId = z.infer<typeof callIdSchema>;

export interface FailedCall {
  readonly error: unknown;
  readonly place: ErrorPlace;
  /** `null` if it failed before it was known who calls. */
  readonly context: ApiContext | null;
}

/** What a socket is told, in tRPC's protocol. Nothing reaches a socket that is closing. */
export interface Replies {
  /** `result` is JSON. */
  readonly result: (id: CallId, result: string) => void;
  readonly error: (id: CallId, failed: FailedCall) => void;
}

export function createReplies(socket: Pick<WebSocket, 'send' | 'readyState' | 'OPEN'>): Replies {
  function send(message: string): void {
    if (socket.readyState === socket.OPEN) socket.send(message);
  }

  return {
    result: (id, result) => send(`{"id":${JSON.stringify(id)},"jsonrpc":"2.0","result":${result}}`),
    error: (id, { error, place, context }) => {
      const shape = errorShape(error, { errors: context?.errors ?? null, ...place });
      send(JSON.stringify({ id, jsonrpc: '2.0', error: wireFormat.output.serialize(shape) }));
    },
  };
}
