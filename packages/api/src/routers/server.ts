import type { TRPCRouterRecord } from '@trpc/server';
import { publicProcedure } from '../trpc.ts';

export const serverRouter = {
  config: publicProcedure.query(({ ctx }) => ctx.services.server.config()),
  status: publicProcedure.query(({ ctx }) => ctx.services.server.status()),
} satisfies TRPCRouterRecord;
