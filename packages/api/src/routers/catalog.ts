import type { TRPCRouterRecord } from '@trpc/server';
import { publicProcedure } from '../trpc.ts';

export const gamesRouter = {
  list: publicProcedure.query(({ ctx }) => ctx.services.catalog.games()),
} satisfies TRPCRouterRecord;
