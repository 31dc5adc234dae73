import { LogFull } from '@dcs/engine';
import type { Failure } from '@dcs/engine';
import { TRPCError } from '@trpc/server';
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc';
import { z, ZodError } from 'zod';
import type { FieldProblemDto } from './characterDto.ts';
import { CLUSTER_UNAVAILABLE, ClusterUnavailable } from './cluster/clusterError.ts';
import { StoreUnavailable } from './store/storeErrors.ts';

/** The part of the error shape that clients branch on. No stack ever crosses the wire. */
export interface ErrorFacts {
  readonly code: TRPC_ERROR_CODE_KEY;
  /** Stable and namespaced, such as `session/not-found`. */
  readonly reason: string;
  /** Tells a person what to do next. */
  readonly message: string;
  /** Whether the same request, sent again a little later, may succeed. */
  readonly retryable: boolean;
  /** When that is known: how long to wait before it, in milliseconds. */
  readonly retryAfterMs?: number;
  readonly zodError?: ZodFacts;
  /** What is wrong with a document that was sent, field by field. */
  readonly problems?: readonly FieldProblemDto[];
  /** A fault of ours or of the machine, which the operator must see. */
  readonly unexpected: boolean;
}

export interface ZodFacts {
  readonly formErrors: readonly string[];
  readonly fieldErrors: Readonly<Record<string, readonly string[]>>;
}

export interface ApiErrorOptions {
  readonly code?: TRPC_ERROR_CODE_KEY;
  readonly retryable?: boolean;
  /** Milliseconds after which the same request may succeed; makes the refusal retryable. */
  readonly retryAfterMs?: number;
  readonly problems?: readonly FieldProblemDto[];
  readonly cause?: unknown;
}

/** A refusal on its way to the client. Without a code, the code follows from the reason. */
export class ApiError extends Error {
  readonly reason: string;
  readonly code: TRPC_ERROR_CODE_KEY;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly problems: readonly FieldProblemDto[] | undefined;

  constructor(reason: string, message: string, options: ApiErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'ApiError';
    this.reason = reason;
    this.code = options.code ?? codeFor(reason);
    this.retryable = options.retryable ?? options.retryAfterMs !== undefined;
    this.retryAfterMs = options.retryAfterMs;
    this.problems = options.problems;
  }
}

const CODES: Readonly<Record<string, TRPC_ERROR_CODE_KEY>> = {
  'auth/required': 'UNAUTHORIZED',
  'auth/invalid-key': 'UNAUTHORIZED',
  'auth/forbidden': 'FORBIDDEN',
  'auth/registration-required': 'CONFLICT',
  'auth/registration-disabled': 'CONFLICT',
  'server/restarting': 'SERVICE_UNAVAILABLE',
  'session/not-found': 'NOT_FOUND',
  'session/unavailable': 'SERVICE_UNAVAILABLE',
  'store/unavailable': 'SERVICE_UNAVAILABLE',
  'cluster/unavailable': 'SERVICE_UNAVAILABLE',
  'stream/invalid-cursor': 'BAD_REQUEST',
  'stream/cursor-ahead': 'BAD_REQUEST',
  'stream/too-slow': 'SERVICE_UNAVAILABLE',
  'seat/unknown': 'NOT_FOUND',
  'seat/not-held': 'FORBIDDEN',
  'rollback/not-permitted': 'FORBIDDEN',
  'rollback/out-of-range': 'BAD_REQUEST',
  'branch/out-of-range': 'BAD_REQUEST',
  'branch/others-playing': 'FORBIDDEN',
  'feedback/not-found': 'NOT_FOUND',
  'evaluation/not-shown': 'FORBIDDEN',
  'game/unknown': 'NOT_FOUND',
  'game/invalid-config': 'BAD_REQUEST',
  'game/setting-reserved': 'FORBIDDEN',
  'experiment/not-found': 'NOT_FOUND',
  'experiment/not-admitted': 'FORBIDDEN',
  'experiment/withdrawn': 'FORBIDDEN',
  'experiment/paused': 'SERVICE_UNAVAILABLE',
  'experiment/busy': 'SERVICE_UNAVAILABLE',
  'experiment/not-eligible': 'BAD_REQUEST',
  'assignment/not-found': 'NOT_FOUND',
  'form/invalid': 'BAD_REQUEST',
  'form/unknown': 'BAD_REQUEST',
  'play/experiment-only': 'FORBIDDEN',
  'character/unknown': 'NOT_FOUND',
  'character/not-allowed': 'BAD_REQUEST',
  'character/invalid-sheet': 'BAD_REQUEST',
};

/** Games bring reasons of their own; what is wrong with an input is a bad request, the rest a conflict with the state. */
function codeFor(reason: string): TRPC_ERROR_CODE_KEY {
  if (Object.hasOwn(CODES, reason)) return CODES[reason] ?? 'CONFLICT';
  if (reason.startsWith('model/')) return 'SERVICE_UNAVAILABLE';
  if (reason.startsWith('limit/')) return 'TOO_MANY_REQUESTS';
  return reason.startsWith('input/') || reason.startsWith('request/') ? 'BAD_REQUEST' : 'CONFLICT';
}

/** The engine's refusal, to be thrown. */
export const refusal = ({ reason, message, retryable }: Failure): ApiError =>
  new ApiError(reason, message, { retryable });

/** The success, or the engine's refusal thrown as an `ApiError`. */
export function orThrow<T extends { readonly ok: true }>(outcome: T | Failure): T {
  if (outcome.ok) return outcome;
  throw refusal(outcome);
}

/** What tRPC itself refuses, in our words. */
const PROTOCOL: Readonly<Partial<Record<TRPC_ERROR_CODE_KEY, readonly [reason: string, message: string]>>> = {
  PARSE_ERROR: [
    'request/malformed',
    'The request could not be read. Send one tRPC message per frame, as JSON.',
  ],
  NOT_FOUND: ['request/unknown-procedure', 'There is no such procedure on this server.'],
  METHOD_NOT_SUPPORTED: ['request/wrong-method', 'Send mutations with POST and queries with GET.'],
  UNSUPPORTED_MEDIA_TYPE: ['request/wrong-type', 'Send the request as application/json.'],
  PAYLOAD_TOO_LARGE: [
    'request/too-large',
    'The request is larger than this server takes. Send less at once.',
  ],
  BAD_REQUEST: ['request/invalid', 'The request is not valid.'],
  UNAUTHORIZED: ['auth/required', 'Sign in with an access key.'],
  FORBIDDEN: ['auth/forbidden', 'This needs another account.'],
  UNPROCESSABLE_CONTENT: ['request/malformed', 'The request could not be read.'],
};

const UNEXPECTED: ErrorFacts = {
  code: 'INTERNAL_SERVER_ERROR',
  reason: 'server/internal',
  message: 'Something failed on our side. Please try again; if it happens again, tell us the error id.',
  // A person may try again; a program that does so by itself would only repeat the fault.
  retryable: false,
  unexpected: true,
};

function zodFacts(error: ZodError): ErrorFacts {
  const { formErrors, fieldErrors } = z.flattenError(error);
  const fields: Record<string, readonly string[]> = {};
  for (const [field, messages] of Object.entries<string[] | undefined>(fieldErrors))
    fields[field] = messages ?? [];
  return {
    code: 'BAD_REQUEST',
    reason: 'request/invalid',
    message: `Please check the input. ${z.prettifyError(error).slice(0, 1000)}`,
    retryable: false,
    zodError: { formErrors, fieldErrors: fields },
    unexpected: false,
  };
}

function trpcFacts(error: TRPCError): ErrorFacts {
  if (error.cause instanceof Error && !(error.cause instanceof TRPCError)) {
    const facts = errorFacts(error.cause);
    if (facts !== UNEXPECTED) return facts;
  }
  const known = PROTOCOL[error.code];
  if (known === undefined) return UNEXPECTED;
  const [reason, message] = known;
  return { code: error.code, reason, message, retryable: false, unexpected: false };
}

/** Everything that can be thrown, as facts for the client. What nobody foresaw says nothing of its insides. */
export function errorFacts(error: unknown): ErrorFacts {
  if (error instanceof ApiError) {
    const { code, reason, message, retryable, retryAfterMs, problems } = error;
    return {
      code,
      reason,
      message,
      retryable,
      unexpected: false,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(problems === undefined ? {} : { problems }),
    };
  }
  if (error instanceof ZodError) return zodFacts(error);
  if (error instanceof LogFull) {
    const message = 'The server has more to write down than it can just now. Please try again in a moment.';
    return {
      code: 'SERVICE_UNAVAILABLE',
      reason: 'session/busy',
      message,
      retryable: true,
      unexpected: false,
    };
  }
  if (error instanceof StoreUnavailable) {
    const message =
      'The database cannot be reached just now. Nothing was lost; please try again in a moment.';
    return {
      code: 'SERVICE_UNAVAILABLE',
      reason: 'store/unavailable',
      message,
      retryable: true,
      unexpected: true,
    };
  }
  if (error instanceof ClusterUnavailable) {
    const { reason, message, retryable } = CLUSTER_UNAVAILABLE;
    return { code: 'SERVICE_UNAVAILABLE', reason, message, retryable, unexpected: true };
  }
  if (error instanceof TRPCError) return trpcFacts(error);
  return UNEXPECTED;
}

/** The error as tRPC wants it, with the refusal as its cause. */
export function toTrpcError(error: unknown): TRPCError {
  const facts = errorFacts(error);
  if (error instanceof TRPCError && error.code === facts.code) return error;
  const cause = error instanceof TRPCError ? (error.cause ?? error) : error;
  return new TRPCError({ code: facts.code, message: facts.message, cause });
}
