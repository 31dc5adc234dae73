import { callTRPCProcedure, TRPCError } from '@trpc/server';
import type { SuperJSONResult } from 'superjson';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { ApiContext } from '../context.ts';
import { errorShape } from '../errorShape.ts';
import { appRouter } from '../routers/app.ts';
import type { Backpressure } from '../stream/backpressure.ts';
import type { FrameSink } from '../stream/frameSink.ts';
import { TrackedFrames } from '../stream/trackedFrames.ts';
import { wireFormat } from '../wireFormat.ts';

/*
 * Delivery of `play.events` over WebSockets, in tRPC's protocol and through the same procedure, but without its adapter:
 * that drives an async generator for every reader, which costs some 50 kB each, 20 to 35 microseconds for every frame,
 * and knows no backpressure. Whatever else a client sends is left to tRPC.
 */

const PATH = 'play.events';

const idSchema = z.union([z.number(), z.string().max(128)]);
type Id = z.infer<typeof idSchema>;

const packedSchema = z.custom<SuperJSONResult>(
  (value) => typeof value === 'object' && value !== null && 'json' in value,
);
const startSchema = z.object({
  id: idSchema,
  method: z.literal('subscription'),
  params: z.object({
    path: z.literal(PATH),
    input: packedSchema.optional(),
    lastEventId: z.string().max(64).optional(),
  }),
});
const stopSchema = z.object({ id: idSchema, method: z.literal('subscription.stop') });

type Start = z.infer<typeof startSchema>;

export interface EventSubscriptionsPorts {
  readonly socket: Pick<WebSocket, 'send' | 'readyState' | 'OPEN'>;
  /** Resolves when it is known who is connected. */
  readonly context: () => Promise<ApiContext> | null;
  readonly backpressure: Backpressure;
}

export interface EventSubscriptions {
  /** Takes what is ours out of a message, and returns what is left of it, or `null`. */
  readonly take: (text: string) => string | null;
  /** The connection is gone. */
  readonly stopAll: () => void;
}

interface Subscription {
  stop: () => void;
}

const NOT_STARTED = (): void => undefined;

/** `input` as tRPC makes it of a subscription that goes on. */
function inputOf({ input, lastEventId }: Start['params']): unknown {
  const given = input === undefined ? undefined : wireFormat.deserialize(input);
  if (lastEventId === undefined || (given !== undefined && typeof given !== 'object')) return given;
  return { ...given, lastEventId };
}

export function createEventSubscriptions(ports: EventSubscriptionsPorts): EventSubscriptions {
  const { socket, backpressure } = ports;
  const subscriptions = new Map<Id, Subscription>();

  function send(message: string): void {
    if (socket.readyState === socket.OPEN) socket.send(message);
  }

  function sendResult(id: Id, result: object): void {
    send(JSON.stringify({ id, jsonrpc: '2.0', result }));
  }

  function sendError(id: Id, error: unknown, context: ApiContext | null): void {
    const shape = errorShape(error, { errors: context?.errors ?? null, path: PATH });
    send(JSON.stringify({ id, jsonrpc: '2.0', error: wireFormat.serialize(shape) }));
  }

  function sinkOf(id: Id, context: ApiContext): FrameSink {
    const head = `{"id":${JSON.stringify(id)},"jsonrpc":"2.0","result":{"type":"data","id":"`;
    return {
      // The envelope of a tracked value, around a frame that other readers may get as well.
      take: ({ id: cursor, shared }) =>
        send(`${head}${cursor}","data":{"json":{"id":"${cursor}","data":${shared.json}}}}}`),
      get hasRoom() {
        return backpressure.hasRoom;
      },
      room: () => backpressure.ready(),
      fail: (error) => {
        subscriptions.delete(id);
        sendError(id, error, context);
      },
    };
  }

  async function open(id: Id, subscription: Subscription, params: Start['params']): Promise<void> {
    let context: ApiContext | null = null;
    try {
      context = await ports.context();
      const frames: unknown = await callTRPCProcedure({
        router: appRouter,
        path: PATH,
        getRawInput: async () => inputOf(params),
        ctx: context,
        type: 'subscription',
        signal: undefined,
        batchIndex: 0,
      });
      if (!(frames instanceof TrackedFrames)) throw new Error(`${PATH} gave no frames.`);
      if (context === null || subscriptions.get(id) !== subscription) return;
      sendResult(id, { type: 'started' });
      subscription.stop = frames.source.follow(sinkOf(id, context));
    } catch (error) {
      if (subscriptions.get(id) !== subscription) return;
      subscriptions.delete(id);
      sendError(id, error, context);
    }
  }

  function start({ id, params }: Start): void {
    if (subscriptions.has(id)) {
      sendError(id, new TRPCError({ code: 'BAD_REQUEST', message: `Duplicate id ${id}` }), null);
      return;
    }
    const subscription: Subscription = { stop: NOT_STARTED };
    subscriptions.set(id, subscription);
    void open(id, subscription, params);
  }

  /** Whether the message was ours. */
  function takeOne(message: unknown): boolean {
    const started = startSchema.safeParse(message);
    if (started.success) {
      start(started.data);
      return true;
    }
    const stopped = stopSchema.safeParse(message);
    const subscription = stopped.success ? subscriptions.get(stopped.data.id) : undefined;
    if (!stopped.success || subscription === undefined) return false;
    subscriptions.delete(stopped.data.id);
    subscription.stop();
    sendResult(stopped.data.id, { type: 'stopped' });
    return true;
  }

  function mayBeOurs(text: string): boolean {
    return text.includes(`"${PATH}"`) || (subscriptions.size > 0 && text.includes('"subscription.stop"'));
  }

  return {
    take: (text) => {
      if (!mayBeOurs(text) || ports.context() === null) return text;
      let message: unknown;
      try {
        message = JSON.parse(text);
      } catch {
        return text; // tRPC says what is wrong with it
      }
      if (!Array.isArray(message)) return takeOne(message) ? null : text;
      const rest = message.filter((one: unknown) => !takeOne(one));
      return rest.length === 0 ? null : JSON.stringify(rest);
    },
    stopAll: () => {
      for (const { stop } of subscriptions.values()) stop();
      subscriptions.clear();
    },
  };
}
