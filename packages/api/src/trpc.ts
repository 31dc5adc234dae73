import { initTRPC } from '@trpc/server';
import superjson from 'superjson';
import type { ApiContext } from './context.ts';
import { errorShape } from './errorShape.ts';
import { ApiError, errorFacts, toTrpcError } from './errors.ts';

const t = initTRPC.context<ApiContext>().create({
  transformer: superjson,
  // Stacks are for our log, whatever NODE_ENV says.
  isDev: false,
  isServer: true,
  sse: {
    ping: { enabled: true, intervalMs: 15_000 },
    client: { reconnectAfterInactivityMs: 40_000 },
  },
  errorFormatter: ({ shape, error, ctx, path }) => {
    const { message, code, data } = errorShape(error, { errors: ctx?.errors ?? null, path });
    return { ...shape, code, message, data };
  },
});

export const { router, createCallerFactory } = t;

/** The one funnel: whatever a service throws leaves as a TRPCError with our refusal as its cause. */
const funnelled = t.procedure.use(async ({ ctx, path, next }) => {
  const result = await next();
  if (result.ok) {
    ctx.meter.call(path, 'ok');
    return result;
  }
  ctx.meter.call(path, errorFacts(result.error).unexpected ? 'failed' : 'refused');
  throw toTrpcError(result.error);
});

/** For everyone; `ctx.principal` is `null` for whoever has not signed in. */
export const publicProcedure = funnelled.use(async ({ ctx, next }) =>
  next({
    ctx: { principal: ctx.accessKey === null ? null : await ctx.services.keys.identify(ctx.accessKey) },
  }),
);

/** For whoever presents a valid access key. */
export const playerProcedure = publicProcedure.use(({ ctx, next }) => {
  const { principal } = ctx;
  if (principal !== null) return next({ ctx: { principal } });
  throw ctx.accessKey === null
    ? new ApiError('auth/required', 'Sign in with an access key, or register to get one.')
    : new ApiError(
        'auth/invalid-key',
        'This access key is not valid here, or was revoked. Check it, or register again.',
      );
});

/** For administrators. */
export const adminProcedure = playerProcedure.use(({ ctx, next }) => {
  if (ctx.principal.role === 'admin') return next();
  throw new ApiError('auth/forbidden', 'This needs the access key of an administrator.');
});
