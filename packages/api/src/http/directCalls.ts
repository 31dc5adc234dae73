import { z } from 'zod';
import type { ApiContext } from '../context.ts';
import { placeOf } from '../trpc.ts';
import { wireFormat } from '../wireFormat.ts';
import { callProcedure } from './callProcedure.ts';
import { packedInputSchema, unpacked } from './packedInput.ts';
import { callIdSchema } from './replies.ts';
import type { Replies } from './replies.ts';

const callSchema = z.object({
  id: callIdSchema,
  method: z.enum(['query', 'mutation']),
  params: z.object({ path: z.string().max(128), input: packedInputSchema.optional() }),
});
type Call = z.infer<typeof callSchema>;

export interface DirectCallsPorts {
  readonly replies: Replies;
  /** Resolves when it is known who is connected. */
  readonly context: () => Promise<ApiContext> | null;
}

/**
 * Queries and mutations over WebSockets, in tRPC's protocol and through the same procedures, but without its adapter,
 * which costs more than most of our procedures.
 */
export interface DirectCalls {
  /** Whether the message is one; it is then answered. */
  readonly take: (message: unknown, batchIndex: number) => boolean;
  /** The connection is gone. */
  readonly leave: () => void;
}

export function createDirectCalls({ replies, context }: DirectCallsPorts): DirectCalls {
  // Made by the first call: most sockets do nothing but follow.
  let gone: AbortController | null = null;

  async function answer({ id, method, params: { path, input } }: Call, batchIndex: number): Promise<void> {
    let ctx: ApiContext | null = null;
    let given: unknown;
    gone ??= new AbortController();
    const { signal } = gone;
    try {
      ctx = await context();
      given = unpacked(input);
      const data = await callProcedure({ type: method, path, input: given, batchIndex, signal }, ctx);
      replies.result(id, `{"type":"data","data":${JSON.stringify(wireFormat.output.serialize(data))}}`);
    } catch (error) {
      const place = ctx === null ? { path } : placeOf(ctx, path, given);
      replies.error(id, { error, place, context: ctx });
    }
  }

  return {
    take: (message, batchIndex) => {
      const call = callSchema.safeParse(message);
      if (call.success) void answer(call.data, batchIndex);
      return call.success;
    },
    leave: () => gone?.abort(),
  };
}
