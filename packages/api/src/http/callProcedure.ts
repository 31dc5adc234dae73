import { callTRPCProcedure } from '@trpc/server';
import type { ApiContext } from '../context.ts';
import { appRouter } from '../routers/app.ts';

export interface ProcedureCall {
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly path: string;
  /** Read from the wire, but not parsed. */
  readonly input: unknown;
  /** Where the call stood in the message that it came in. */
  readonly batchIndex: number;
  /** Aborts when whoever calls has gone. Left out for what is told so in another way. */
  readonly signal?: AbortSignal;
}

/** Calls a procedure of ours as tRPC's adapters would. Rejects with what the procedure throws, as a TRPCError. */
export function callProcedure(
  { type, path, input, batchIndex, signal }: ProcedureCall,
  context: ApiContext | null,
): Promise<unknown> {
  return callTRPCProcedure({
    router: appRouter,
    path,
    getRawInput: async () => input,
    ctx: context,
    type,
    signal,
    batchIndex,
  });
}
