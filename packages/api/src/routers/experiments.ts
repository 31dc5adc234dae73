import type { TRPCRouterRecord } from '@trpc/server';
import { z } from 'zod';
import { adminProcedure, playerProcedure, publicProcedure } from '../trpc.ts';
import {
  experimentPageSchema,
  experimentSchema,
  hidSchema,
  jsonObjectSchema,
  sourceSchema,
} from './inputs.ts';

/** More take too long for whoever waits for the report. */
const MOST_SIMULATED = 2_000;
const MOST_DOLLARS_PER_CALL = 1_000;

const idSchema = z.string().min(1).max(256);

/** Answers by form, and in it by question; what does not fit is told question by question by whoever reads it. */
const answeringSchema = experimentSchema.extend({
  groupId: idSchema,
  responses: z.record(z.string().max(64), jsonObjectSchema),
});

/** An experiment has fewer forms. */
const MOST_FORMS = 100;

const submittingSchema = answeringSchema.extend({
  /** The versions of the forms that were shown, by name: where others are asked by now, nothing is taken. */
  versions: z
    .record(z.string().max(64), z.int().min(1).max(10_000))
    .refine((versions) => Object.keys(versions).length <= MOST_FORMS, 'Name only forms of this experiment.')
    .optional(),
});

export const experimentsRouter = {
  list: publicProcedure
    .input(experimentPageSchema)
    .query(({ ctx, input }) => ctx.services.experiments.list(ctx.principal, input)),
  setup: publicProcedure
    .input(experimentSchema)
    .query(({ ctx, input }) => ctx.services.experiments.setup(ctx.principal, input)),
  progress: playerProcedure
    .input(experimentSchema)
    .query(({ ctx, input }) => ctx.services.experiments.progress(ctx.principal, input)),
  status: playerProcedure
    .input(experimentSchema)
    .query(({ ctx, input }) => ctx.services.experiments.status(ctx.principal, input)),
  join: playerProcedure
    .input(experimentSchema)
    .mutation(({ ctx, input }) => ctx.services.experiments.join(ctx.principal, input)),
  submitForm: playerProcedure
    .input(submittingSchema)
    .mutation(({ ctx, input }) => ctx.services.experiments.submitForm(ctx.principal, input)),
  /** What is still being written, so that it is there on another device; it need not be complete. */
  saveDraft: playerProcedure
    .input(answeringSchema)
    .mutation(({ ctx, input }) => ctx.services.experiments.saveDraft(ctx.principal, input)),
  eligibleOptions: playerProcedure
    .input(
      experimentSchema.extend({
        game: z.string().min(1).max(100).optional(),
        pc: hidSchema.optional(),
        search: z.string().trim().max(100).default(''),
        limit: z.int().min(1).max(100).default(24),
        cursor: hidSchema.optional(),
      }),
    )
    .query(({ ctx, input }) => ctx.services.experiments.eligibleOptions(ctx.principal, input)),
  select: playerProcedure
    .input(
      experimentSchema.extend({
        game: z.string().min(1).max(100),
        pc: hidSchema.nullish(),
        npc: hidSchema.nullish(),
      }),
    )
    .mutation(({ ctx, input }) => ctx.services.experiments.select(ctx.principal, input)),
  next: playerProcedure
    .input(experimentSchema)
    .mutation(({ ctx, input }) => ctx.services.experiments.next(ctx.principal, input)),
  startSession: playerProcedure
    .input(experimentSchema.extend({ assignmentId: idSchema.optional(), source: sourceSchema.optional() }))
    .mutation(({ ctx, input }) => ctx.services.experiments.startSession(ctx.principal, input)),
  /** Simulates participants, with what the file says now; a query, since it changes nothing. */
  preflight: adminProcedure
    .input(
      experimentSchema.extend({
        participants: z.int().min(1).max(MOST_SIMULATED).default(100),
        seed: z
          .union([z.string().min(1).max(64), z.int()])
          .transform(String)
          .default('preflight'),
        /** Left out, what calls of the experiment have cost, or those of the last month. */
        dollarsPerCall: z.number().min(0).max(MOST_DOLLARS_PER_CALL).optional(),
      }),
    )
    .query(({ ctx, input }) => ctx.services.experimentAdmin.preflight(ctx.principal, input)),
  withdraw: playerProcedure
    .input(experimentSchema)
    .mutation(({ ctx, input }) => ctx.services.experiments.withdraw(ctx.principal, input)),
} satisfies TRPCRouterRecord;
