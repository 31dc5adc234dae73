import { initTRPC } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import superjson from 'superjson';
import type { ApiContext } from './context.ts';
import { ApiError, errorFacts, toTrpcError } from './errors.ts';
import type { ZodFacts } from './errors.ts';
import { identify } from './services/authorise.ts';

/** `data` of every error. Clients branch on `reason`, show `message`, and may repeat what is `retryable`. */
export interface ErrorDataDto {
  readonly code: keyof typeof TRPC_ERROR_CODES_BY_KEY;
  readonly httpStatus: number;
  readonly path?: string;
  readonly reason: string;
  /** What to quote to the operator; it stands in the log. */
  readonly errorId: string;
  readonly retryable: boolean;
  readonly zodError?: ZodFacts;
}

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
    const facts = errorFacts(error);
    const data: ErrorDataDto = {
      code: facts.code,
      httpStatus: getHTTPStatusCodeFromError(toTrpcError(error)),
      ...(path === undefined ? {} : { path }),
      reason: facts.reason,
      errorId: ctx?.errors.report(error, facts, { path }) ?? '',
      retryable: facts.retryable,
      ...(facts.zodError === undefined ? {} : { zodError: facts.zodError }),
    };
    return { ...shape, code: TRPC_ERROR_CODES_BY_KEY[facts.code], message: facts.message, data };
  },
});

export const { router, createCallerFactory } = t;

/** The one funnel: whatever a service throws leaves as a TRPCError with our refusal as its cause. */
const funnelled = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (result.ok) return result;
  throw toTrpcError(result.error);
});

/** For everyone; `ctx.principal` is `null` for whoever has not signed in. */
export const publicProcedure = funnelled.use(async ({ ctx, next }) =>
  next({ ctx: { principal: await identify(ctx) } }),
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
