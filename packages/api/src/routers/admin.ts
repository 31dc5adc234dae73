import { MODEL_ROLES } from '@dcs/engine';
import type { TRPCRouterRecord } from '@trpc/server';
import { z } from 'zod';
import type { ModelReportInput } from '../modelDto.ts';
import { adminProcedure } from '../trpc.ts';

const MOST_HOURS = 24 * 366;
const MOST_MODEL_NAME = 300;

const reportSchema = z
  .object({
    hours: z.int().min(1).max(MOST_HOURS).default(24),
    role: z.enum(MODEL_ROLES).nullable().default(null),
    model: z.string().min(1).max(MOST_MODEL_NAME).nullable().default(null),
  })
  .prefault({}) satisfies z.ZodType<ModelReportInput>;

export const adminRouter = {
  overview: adminProcedure.query(({ ctx }) => ctx.services.admin.overview(ctx.principal)),
  models: adminProcedure
    .input(reportSchema)
    .query(({ ctx, input }) => ctx.services.models.report(ctx.principal, input)),
  revokeKey: adminProcedure
    .input(z.object({ playerId: z.string().min(1).max(128) }))
    .mutation(({ ctx, input }) => ctx.services.players.revokeKey(ctx.principal, input.playerId)),
} satisfies TRPCRouterRecord;
