import type { TRPCRouterRecord } from '@trpc/server';
import { z } from 'zod';
import { adminProcedure } from '../trpc.ts';

export const adminRouter = {
  overview: adminProcedure.query(({ ctx }) => ctx.services.admin.overview(ctx.principal)),
  revokeKey: adminProcedure
    .input(z.object({ playerId: z.string().min(1).max(128) }))
    .mutation(({ ctx, input }) => ctx.services.players.revokeKey(ctx.principal, input.playerId)),
} satisfies TRPCRouterRecord;
