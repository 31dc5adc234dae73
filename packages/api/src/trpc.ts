import { initTRPC } from '@trpc/server';
import type { ApiContext, ErrorPlace } from './context.ts';
import { errorShape } from './errorShape.ts';
import { ApiError, errorFacts, toTrpcError } from './errors.ts';
import { wireFormat } from './wireFormat.ts';
import type { Principal } from './services/authorise.ts';
import type { CallsInFlight } from './services/callsInFlight.ts';

/** Where a call failed; the player is known if their key has been looked up. */
export function placeOf(
  { services, keyHash }: ApiContext,
  path: string | undefined,
  input: unknown,
): ErrorPlace {
  const sessionId =
    typeof input === 'object' && input !== null && 'sessionId' in input ? input.sessionId : undefined;
  return {
    path,
    sessionId: typeof sessionId === 'string' ? sessionId.slice(0, MOST_OF_AN_ID) : undefined,
    playerId: keyHash === null ? undefined : services.keys.recall(keyHash)?.playerId,
  };
}

async function counted<T>(calls: CallsInFlight, job: () => Promise<T>): Promise<T> {
  calls.begin();
  try {
    return await job();
  } finally {
    calls.end();
  }
}

/** Of an id that nobody has checked yet. */
const MOST_OF_AN_ID = 128;

const t = initTRPC.context<ApiContext>().create({
  transformer: wireFormat,
  // Stacks are for our log, whatever NODE_ENV says.
  isDev: false,
  isServer: true,
  sse: {
    ping: { enabled: true, intervalMs: 15_000 },
    client: { reconnectAfterInactivityMs: 40_000 },
  },
  errorFormatter: ({ shape, error, ctx, path, input }) => {
    const place = ctx === undefined ? { path } : placeOf(ctx, path, input);
    const { message, code, data } = errorShape(error, { errors: ctx?.errors ?? null, ...place });
    return { ...shape, code, message, data };
  },
});

export const { router, createCallerFactory } = t;

/** Who calls, as far as the limits let them. Look-ups count by address, so that guessing at keys is limited too. */
export async function admitted({
  keyHash,
  services,
  limits,
  remoteAddress,
}: ApiContext): Promise<Principal | null> {
  const known = keyHash === null ? null : services.keys.recall(keyHash);
  if (known === null) limits.ofAddress(remoteAddress);
  const principal = known ?? (keyHash === null ? null : await services.keys.identify(keyHash));
  if (principal !== null) limits.ofKey(principal.keyId);
  return principal;
}

const anyone = (principal: Principal | null): Principal | null => principal;

function player(principal: Principal | null, { keyHash }: ApiContext): Principal {
  if (principal !== null) return principal;
  throw keyHash === null
    ? new ApiError('auth/required', 'Sign in with an access key, or register to get one.')
    : new ApiError(
        'auth/invalid-key',
        'This access key is not valid here, or was revoked. Check it, or register again.',
      );
}

function administrator(principal: Principal | null, context: ApiContext): Principal {
  const known = player(principal, context);
  if (known.role === 'admin') return known;
  throw new ApiError('auth/forbidden', 'This needs the access key of an administrator.');
}

/**
 * The one funnel: finds out who calls, lets in whom `admit` returns, and whatever a service throws leaves as a TRPCError
 * with our refusal as its cause. It is one middleware because each costs as much as many a service.
 */
const procedureFor = <P extends Principal | null>(
  admit: (principal: Principal | null, context: ApiContext) => P,
) =>
  t.procedure.use(async ({ ctx, path, type, next, getRawInput }) => {
    const call = async () => {
      if (ctx.refusal !== null) throw ctx.refusal;
      const result = await next({ ctx: { principal: admit(await admitted(ctx), ctx) } });
      if (!result.ok) throw result.error;
      return result;
    };
    try {
      const result = type === 'subscription' ? await call() : await counted(ctx.inFlight, call);
      ctx.meter.call(path, 'ok');
      return result;
    } catch (error) {
      const facts = errorFacts(error);
      // Here, where it is known whom it happened to; on its way out it keeps its id.
      ctx.errors.report(error, facts, placeOf(ctx, path, await getRawInput().catch(() => undefined)));
      ctx.meter.call(path, facts.unexpected ? 'failed' : 'refused');
      if (facts.reason.startsWith('limit/')) ctx.meter.limited(facts.reason);
      throw toTrpcError(error);
    }
  });

/** For everyone; `ctx.principal` is `null` for whoever has not signed in. */
export const publicProcedure = procedureFor(anyone);

/** For whoever presents a valid access key. */
export const playerProcedure = procedureFor(player);

/** For administrators. */
export const adminProcedure = procedureFor(administrator);
