import type { TRPCRouterRecord } from '@trpc/server';
import { z } from 'zod';
import { registrationSchema } from '../services/registration.ts';
import { playerProcedure, publicProcedure } from '../trpc.ts';
import { commandIdSchema } from './inputs.ts';

export const playersRouter = {
  register: publicProcedure
    .input(registrationSchema)
    .mutation(({ ctx, input }) => ctx.services.players.register(input, ctx.remoteAddress)),
  anonymous: publicProcedure
    .input(z.object({ experiment: z.string().min(1).max(100).optional() }).optional())
    .mutation(({ ctx, input }) => ctx.services.players.anonymous(ctx.remoteAddress, input?.experiment)),
  me: playerProcedure.query(({ ctx }) => ctx.services.players.me(ctx.principal)),
  rotateKey: playerProcedure
    .input(z.object({ commandId: commandIdSchema.optional() }).optional())
    .mutation(({ ctx, input }) => ctx.services.players.rotateKey(ctx.principal, input?.commandId)),
  exportMyData: playerProcedure.query(({ ctx }) => ctx.services.players.exportMyData(ctx.principal)),
  eraseMe: playerProcedure.mutation(({ ctx }) => ctx.services.players.eraseMe(ctx.principal)),
} satisfies TRPCRouterRecord;
