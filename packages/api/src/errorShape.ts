import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import type { TRPC_ERROR_CODE_KEY, TRPC_ERROR_CODE_NUMBER } from '@trpc/server/rpc';
import type { FieldProblemDto } from './characterDto.ts';
import type { ErrorPlace, ErrorReporter } from './context.ts';
import { errorFacts, toTrpcError } from './errors.ts';
import type { ZodFacts } from './errors.ts';

/** `data` of every error. Clients branch on `reason`, show the message, and may repeat what is `retryable`. */
export interface ErrorDataDto {
  readonly code: TRPC_ERROR_CODE_KEY;
  readonly httpStatus: number;
  readonly path?: string;
  /** Stable and namespaced, such as `session/not-found`. */
  readonly reason: string;
  /** What to quote to the operator; it stands in the log. */
  readonly errorId: string;
  readonly retryable: boolean;
  /** How long to wait before the same request may succeed, in milliseconds, when that is known. */
  readonly retryAfterMs?: number;
  readonly zodError?: ZodFacts;
  /** What is wrong with a document that was sent, field by field, such as a character sheet. */
  readonly problems?: readonly FieldProblemDto[];
}

export interface ErrorShape {
  readonly code: TRPC_ERROR_CODE_NUMBER;
  /** Tells a person what to do next. */
  readonly message: string;
  readonly data: ErrorDataDto;
}

/** An error as clients see it. It is reported on the way, once. */
export function errorShape(
  error: unknown,
  { errors, ...place }: ErrorPlace & { readonly errors: ErrorReporter | null },
): ErrorShape {
  const facts = errorFacts(error);
  return {
    code: TRPC_ERROR_CODES_BY_KEY[facts.code],
    message: facts.message,
    data: {
      code: facts.code,
      httpStatus: getHTTPStatusCodeFromError(toTrpcError(error)),
      ...(place.path === undefined ? {} : { path: place.path }),
      reason: facts.reason,
      errorId: errors?.report(error, facts, place) ?? '',
      retryable: facts.retryable,
      ...(facts.retryAfterMs === undefined ? {} : { retryAfterMs: facts.retryAfterMs }),
      ...(facts.zodError === undefined ? {} : { zodError: facts.zodError }),
      ...(facts.problems === undefined ? {} : { problems: facts.problems }),
    },
  };
}
