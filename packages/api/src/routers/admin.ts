import { MODEL_ROLES, MOST_ANNOUNCEMENT, MOST_HOLD_REASON, PARTICIPANT_STAGES } from '@dcs/engine';
import type { TRPCRouterRecord } from '@trpc/server';
import { z } from 'zod';
import type { ModelReportInput } from '../modelDto.ts';
import { PARTICIPANT_ORDERS } from '../services/experiments/experimentAdminService.ts';
import { PLAYER_ROLES } from '../store/ports.ts';
import { adminProcedure } from '../trpc.ts';
import {
  commandSchema,
  experimentPageSchema,
  experimentSchema,
  pageShapeOf,
  sessionSchema,
} from './inputs.ts';

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
    ...pageShapeOf(50),
    cursor: z
      .string()
      .regex(/^\d{1,7}$/, 'Send the nextCursor of the page before, or none for the first page.')
      .optional(),
  })
  .transform(({ cursor, ...rest }) => ({ ...rest, offset: Number(cursor ?? 0) }));

const auditSchema = z
  .object({
    action: z.string().min(1).max(64),
    actorId: z.string().min(1).max(128),
    targetId: z.string().min(1).max(128),
  })
  .partial()
  .extend(pageShapeOf(50))
  .prefault({});

const playersSchema = z
  .object({
    role: z.enum(PLAYER_ROLES).optional(),
    playerId: z.string().trim().min(1).max(128).optional(),
    names: z.boolean().default(false),
    ...pageShapeOf(50),
  })
  .prefault({});

const holdSchema = commandSchema.extend({
  reason: z
    .string()
    .trim()
    .max(MOST_HOLD_REASON, `Please use at most ${MOST_HOLD_REASON} characters.`)
    .default(''),
});

const announcementSchema = commandSchema.extend({
  text: z
    .string()
    .trim()
    .min(1, 'Write what is to be said.')
    .max(MOST_ANNOUNCEMENT, `Please use at most ${MOST_ANNOUNCEMENT} characters.`),
});

export const adminRouter = {
  overview: adminProcedure.query(({ ctx }) => ctx.services.admin.overview(ctx.principal)),
  models: adminProcedure
    .input(reportSchema)
    .query(({ ctx, input }) => ctx.services.models.report(ctx.principal, input)),
  experiments: adminProcedure
    .input(experimentPageSchema)
    .query(({ ctx, input }) => ctx.services.experimentAdmin.list(ctx.principal, input)),
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
  /** How many alerts the experiments have, and again whenever that is different. */
  alerts: adminProcedure.subscription(({ ctx, signal }) =>
    ctx.services.experimentAdmin.alerts(ctx.principal, signal ?? new AbortController().signal),
  ),
  /** A session for those who run it, beside what is played; that is in `sessions.transcript` and `play.events`. */
  session: adminProcedure
    .input(sessionSchema)
    .query(({ ctx, input }) => ctx.services.sessionAdmin.session(ctx.principal, input.sessionId)),
  holdSession: adminProcedure
    .input(holdSchema)
    .mutation(({ ctx, input }) => ctx.services.sessionAdmin.hold(ctx.principal, input)),
  releaseSession: adminProcedure
    .input(commandSchema)
    .mutation(({ ctx, input }) => ctx.services.sessionAdmin.release(ctx.principal, input)),
  announce: adminProcedure
    .input(announcementSchema)
    .mutation(({ ctx, input }) => ctx.services.sessionAdmin.announce(ctx.principal, input)),
  endSession: adminProcedure
    .input(commandSchema)
    .mutation(({ ctx, input }) => ctx.services.sessionAdmin.end(ctx.principal, input)),
  audit: adminProcedure
    .input(auditSchema)
    .query(({ ctx, input }) => ctx.services.audit.list(ctx.principal, input)),
  players: adminProcedure
    .input(playersSchema)
    .query(({ ctx, input }) => ctx.services.playerAdmin.list(ctx.principal, input)),
  revokeKey: adminProcedure
    .input(z.object({ playerId: z.string().min(1).max(128) }))
    .mutation(({ ctx, input }) => ctx.services.players.revokeKey(ctx.principal, input.playerId)),
} satisfies TRPCRouterRecord;
