import type { TRPCRouterRecord } from '@trpc/server';
import { z } from 'zod';
import { TrackedFrames } from '../stream/trackedFrames.ts';
import { playerProcedure } from '../trpc.ts';
import {
  actSchema,
  commandSchema,
  createSchema,
  eventsSchema,
  gameNameSchema,
  sessionSchema,
  takeSeatSchema,
} from './inputs.ts';

export const playRouter = {
  setup: playerProcedure
    .input(z.object({ game: gameNameSchema }))
    .query(({ ctx, input }) => ctx.services.play.setup(ctx.principal, input.game)),
  create: playerProcedure
    .input(createSchema)
    .mutation(({ ctx, input }) => ctx.services.play.create(ctx.principal, input)),
  open: playerProcedure
    .input(sessionSchema)
    .mutation(({ ctx, input, signal }) => ctx.services.play.open(ctx.principal, input.sessionId, signal)),
  act: playerProcedure
    .input(actSchema)
    .mutation(({ ctx, input, signal }) => ctx.services.play.act(ctx.principal, input, signal)),
  close: playerProcedure
    .input(commandSchema)
    .mutation(({ ctx, input }) => ctx.services.play.close(ctx.principal, input)),
  takeSeat: playerProcedure
    .input(takeSeatSchema)
    .mutation(({ ctx, input }) => ctx.services.play.takeSeat(ctx.principal, input)),
  releaseSeat: playerProcedure
    .input(commandSchema)
    .mutation(({ ctx, input }) => ctx.services.play.releaseSeat(ctx.principal, input)),
  /** Every frame is tracked by the last seq delivered, so that whoever subscribes again with it misses nothing. */
  events: playerProcedure
    .input(eventsSchema)
    .subscription(
      async ({ ctx, input, signal }) =>
        new TrackedFrames(await ctx.services.play.events(ctx.principal, input), signal),
    ),
} satisfies TRPCRouterRecord;
