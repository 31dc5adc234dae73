import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import type { ApiContext } from '../context.ts';
import type { Backpressure } from '../stream/backpressure.ts';
import type { FrameSink } from '../stream/frameSink.ts';
import { TrackedFrames } from '../stream/trackedFrames.ts';
import { callProcedure } from './callProcedure.ts';
import { packedInputSchema, unpacked } from './packedInput.ts';
import { callIdSchema } from './replies.ts';
import type { CallId, Replies } from './replies.ts';

/*
 * Delivery of `play.events` over WebSockets, in tRPC's protocol and through the same procedure, but without its adapter:
 * that drives an async generator for every reader, which costs some 50 kB each, 20 to 35 microseconds for every frame,
 * and knows no backpressure.
 */

const PATH = 'play.events';

const startSchema = z.object({
  id: callIdSchema,
  method: z.literal('subscription'),
  params: z.object({
    path: z.literal(PATH),
    input: packedInputSchema.optional(),
    lastEventId: z.string().max(64).optional(),
  }),
});
const stopSchema = z.object({ id: callIdSchema, method: z.literal('subscription.stop') });

type Start = z.infer<typeof startSchema>;

export interface EventSubscriptionsPorts {
  readonly replies: Replies;
  /** Resolves when it is known who is connected. */
  readonly context: () => Promise<ApiContext> | null;
  readonly backpressure: Backpressure;
}

export interface EventSubscriptions {
  /** Whether the message starts or stops one of ours; it is then answered. */
  readonly take: (message: unknown) => boolean;
  /** The connection is gone. */
  readonly stopAll: () => void;
}

interface Subscription {
  stop: () => void;
}

const NOT_STARTED = (): void => undefined;

/** `input` as tRPC makes it of a subscription that goes on. */
function inputOf({ input, lastEventId }: Start['params']): unknown {
  const given = unpacked(input);
  if (lastEventId === undefined || (given !== undefined && typeof given !== 'object')) return given;
  return { ...given, lastEventId };
}

export function createEventSubscriptions(ports: EventSubscriptionsPorts): EventSubscriptions {
  const { replies, backpressure } = ports;
  const subscriptions = new Map<CallId, Subscription>();

  const fail = (id: CallId, error: unknown, context: ApiContext | null): void =>
    replies.error(id, { error, place: { path: PATH }, context });

  function sinkOf(id: CallId, context: ApiContext): FrameSink {
    return {
      // The envelope of a tracked value, around a frame that other readers may get as well.
      take: ({ id: cursor, shared }) =>
        replies.result(
          id,
          `{"type":"data","id":"${cursor}","data":{"json":{"id":"${cursor}","data":${shared.json}}}}`,
        ),
      get hasRoom() {
        return backpressure.hasRoom;
      },
      room: () => backpressure.ready(),
      fail: (error) => {
        subscriptions.delete(id);
        fail(id, error, context);
      },
    };
  }

  async function open(id: CallId, subscription: Subscription, params: Start['params']): Promise<void> {
    let context: ApiContext | null = null;
    try {
      context = await ports.context();
      const call = { type: 'subscription', path: PATH, input: inputOf(params), batchIndex: 0 } as const;
      const frames = await callProcedure(call, context);
      if (!(frames instanceof TrackedFrames)) throw new Error(`${PATH} gave no frames.`);
      if (context === null || subscriptions.get(id) !== subscription) return;
      replies.result(id, '{"type":"started"}');
      subscription.stop = frames.source.follow(sinkOf(id, context));
    } catch (error) {
      if (subscriptions.get(id) !== subscription) return;
      subscriptions.delete(id);
      fail(id, error, context);
    }
  }

  function start({ id, params }: Start): void {
    if (subscriptions.has(id)) {
      fail(id, new TRPCError({ code: 'BAD_REQUEST', message: `Duplicate id ${id}` }), null);
      return;
    }
    const subscription: Subscription = { stop: NOT_STARTED };
    subscriptions.set(id, subscription);
    void open(id, subscription, params);
  }

  function take(message: unknown): boolean {
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
    replies.result(stopped.data.id, '{"type":"stopped"}');
    return true;
  }

  return {
    take,
    stopAll: () => {
      for (const { stop } of subscriptions.values()) stop();
      subscriptions.clear();
    },
  };
}
