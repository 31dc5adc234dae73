import type { TRPCRouterRecord } from '@trpc/server';
import { z } from 'zod';
import { adminProcedure } from '../trpc.ts';

const MOST_HOURS = 24 * 366;

/** How far a report looks back. */
const reportSchema = z.object({ hours: z.int().min(1).max(MOST_HOURS).default(24) }).prefault({});

export const adminRouter = {
  overview: adminProcedure.query(({ ctx }) => ctx.services.admin.overview(ctx.principal)),
  models: adminProcedure
    .input(reportSchema)
    .query(({ ctx, input }) => ctx.services.models.report(ctx.principal, input.hours)),
  revokeKey: adminProcedure
    .input(z.object({ playerId: z.string().min(1).max(128) }))
    .mutation(({ ctx, input }) => ctx.services.players.revokeKey(ctx.principal, input.playerId)),
} satisfies TRPCRouterRecord;
