import type { TRPCRouterRecord } from '@trpc/server';
import { playerProcedure } from '../trpc.ts';
import {
  branchSchema,
  clearFeedbackSchema,
  evaluationSchema,
  historySchema,
  listSchema,
  rollbackSchema,
  sessionSchema,
  setFeedbackSchema,
  transcriptSchema,
} from './inputs.ts';

export const sessionsRouter = {
  list: playerProcedure
    .input(listSchema)
    .query(({ ctx, input }) => ctx.services.sessions.list(ctx.principal, input)),
  history: playerProcedure
    .input(historySchema)
    .query(({ ctx, input }) => ctx.services.history.list(ctx.principal, input)),
  get: playerProcedure
    .input(sessionSchema)
    .query(({ ctx, input }) => ctx.services.sessions.get(ctx.principal, input.sessionId)),
  status: playerProcedure
    .input(sessionSchema)
    .query(({ ctx, input }) => ctx.services.sessions.status(ctx.principal, input.sessionId)),
  transcript: playerProcedure
    .input(transcriptSchema)
    .query(({ ctx, input }) => ctx.services.sessions.transcript(ctx.principal, input)),
  reconstruction: playerProcedure
    .input(transcriptSchema)
    .query(({ ctx, input }) => ctx.services.replay.reconstruction(ctx.principal, input)),
  branch: playerProcedure
    .input(branchSchema)
    .mutation(({ ctx, input }) => ctx.services.branches.branch(ctx.principal, input)),
  rollback: playerProcedure
    .input(rollbackSchema)
    .mutation(({ ctx, input }) => ctx.services.sessions.rollback(ctx.principal, input)),
  setFeedback: playerProcedure
    .input(setFeedbackSchema)
    .mutation(({ ctx, input }) => ctx.services.feedback.set(ctx.principal, input)),
  clearFeedback: playerProcedure
    .input(clearFeedbackSchema)
    .mutation(({ ctx, input }) => ctx.services.feedback.clear(ctx.principal, input)),
  /** A mutation, since it may ask a model and record what it says; the same however often it is sent. */
  evaluation: playerProcedure
    .input(evaluationSchema)
    .mutation(({ ctx, input }) => ctx.services.evaluations.evaluation(ctx.principal, input)),
} satisfies TRPCRouterRecord;
