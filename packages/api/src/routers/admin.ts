import { MODEL_ROLES, PARTICIPANT_STAGES } from '@dcs/engine';
import type { TRPCRouterRecord } from '@trpc/server';
import { z } from 'zod';
import type { ModelReportInput } from '../modelDto.ts';
import { PARTICIPANT_ORDERS } from '../services/experiments/experimentAdminService.ts';
import { adminProcedure } from '../trpc.ts';
import { experimentSchema } from './inputs.ts';

const MOST_HOURS = 24 * 366;
const MOST_MODEL_NAME = 300;

const reportSchema = z
  .object({
    hours: z.int().min(1).max(MOST_HOURS).default(24),
    role: z.enum(MODEL_ROLES).nullable().default(null),
    model: z.string().min(1).max(MOST_MODEL_NAME).nullable().default(null),
  })
  .prefault({}) satisfies z.ZodType<ModelReportInput>;

const participantsSchema = experimentSchema
  .extend({
    stage: z.enum(PARTICIPANT_STAGES).optional(),
    search: z.string().trim().max(128).default(''),
    order: z.enum(PARTICIPANT_ORDERS).default('number'),
    limit: z.int().min(1).max(100).default(50),
    cursor: z
      .string()
      .regex(/^\d{1,7}$/, 'Send the nextCursor of the page before, or none for the first page.')
      .optional(),
  })
  .transform(({ cursor, ...rest }) => ({ ...rest, offset: Number(cursor ?? 0) }));

export const adminRouter = {
  overview: adminProcedure.query(({ ctx }) => ctx.services.admin.overview(ctx.principal)),
  models: adminProcedure
    .input(reportSchema)
    .query(({ ctx, input }) => ctx.services.models.report(ctx.principal, input)),
  experiments: adminProcedure.query(({ ctx }) => ctx.services.experimentAdmin.list(ctx.principal)),
  experiment: adminProcedure
    .input(experimentSchema)
    .query(({ ctx, input }) => ctx.services.experimentAdmin.dashboard(ctx.principal, input)),
  participants: adminProcedure
    .input(participantsSchema)
    .query(({ ctx, input }) => ctx.services.experimentAdmin.participants(ctx.principal, input)),
  experimentRevisions: adminProcedure
    .input(experimentSchema)
    .query(({ ctx, input }) => ctx.services.experimentAdmin.revisions(ctx.principal, input)),
  pauseExperiment: adminProcedure
    .input(experimentSchema.extend({ reason: z.string().trim().max(500).default('') }))
    .mutation(({ ctx, input }) => ctx.services.experimentAdmin.pause(ctx.principal, input)),
  resumeExperiment: adminProcedure
    .input(experimentSchema)
    .mutation(({ ctx, input }) => ctx.services.experimentAdmin.resume(ctx.principal, input)),
  reviseExperiment: adminProcedure
    .input(experimentSchema.extend({ revision: z.string().regex(/^[0-9a-f]{64}$/) }))
    .mutation(({ ctx, input }) => ctx.services.experimentAdmin.revise(ctx.principal, input)),
  /** Says where the data of an experiment is to be had; it is too much for a call. */
  export: adminProcedure
    .input(experimentSchema.extend({ personal: z.boolean().default(false) }))
    .query(({ ctx, input }) => ctx.services.experimentExports.placeOf(ctx.principal, input)),
  /** Word of whatever is new in an experiment, at most twice a second; what it is, the queries tell. */
  activity: adminProcedure
    .input(experimentSchema)
    .subscription(({ ctx, input, signal }) =>
      ctx.services.experimentAdmin.ticks(ctx.principal, input, signal ?? new AbortController().signal),
    ),
  revokeKey: adminProcedure
    .input(z.object({ playerId: z.string().min(1).max(128) }))
    .mutation(({ ctx, input }) => ctx.services.players.revokeKey(ctx.principal, input.playerId)),
} satisfies TRPCRouterRecord;
