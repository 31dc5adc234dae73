import type { WebSocket } from 'ws';
import type { ApiContext } from '../context.ts';
import type { Backpressure } from '../stream/backpressure.ts';
import { createDirectCalls } from './directCalls.ts';
import { createEventSubscriptions } from './eventSubscriptions.ts';
import { MOST_CALLS_PER_BATCH } from './httpHandler.ts';
import { createReplies } from './replies.ts';

export interface DirectMessagesPorts {
  readonly socket: Pick<WebSocket, 'send' | 'readyState' | 'OPEN'>;
  /** Resolves when it is known who is connected; `null` until the socket has said so. */
  readonly context: () => Promise<ApiContext> | null;
  readonly backpressure: Backpressure;
}

/** The messages of one socket that are answered without tRPC's adapter. */
export interface DirectMessages {
  /** Takes what is ours out of a message, and returns what is left of it for tRPC, or `null`. */
  readonly take: (text: string) => string | null;
  /** The connection is gone. */
  readonly stopAll: () => void;
}

const LOOKS_LIKE_JSON = /^\s*[[{]/;

export function createDirectMessages({ socket, context, backpressure }: DirectMessagesPorts): DirectMessages {
  const replies = createReplies(socket);
  const calls = createDirectCalls({ replies, context });
  const subscriptions = createEventSubscriptions({ replies, context, backpressure });

  const takeOne = (message: unknown, batchIndex: number): boolean =>
    calls.take(message, batchIndex) || subscriptions.take(message);

  return {
    take: (text) => {
      // Who connects says first who they are, and hears from tRPC if that cannot be understood. Signs of life are not JSON.
      if (context() === null || !LOOKS_LIKE_JSON.test(text)) return text;
      let message: unknown;
      try {
        message = JSON.parse(text);
      } catch {
        return text; // tRPC says what is wrong with it
      }
      if (!Array.isArray(message)) return takeOne(message, 0) ? null : text;
      if (message.length > MOST_CALLS_PER_BATCH) return text;
      const rest = message.filter((one: unknown, index) => !takeOne(one, index));
      return rest.length === 0 ? null : JSON.stringify(rest);
    },
    stopAll: () => {
      subscriptions.stopAll();
      calls.leave();
    },
  };
}
