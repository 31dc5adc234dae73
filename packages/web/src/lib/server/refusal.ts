import type { FieldProblemDto } from '@dcs/api';
import { error, isHttpError, isRedirect } from '@sveltejs/kit';
import { pageHost } from '#lib/server/host.ts';

/** Why the API did not do what a page asked. */
export interface Refusal {
  /** The HTTP status that fits. */
  readonly status: number;
  readonly code: string;
  /** Stable, such as `session/not-found`. */
  readonly reason: string;
  /** Tells a person what to do. */
  readonly message: string;
  readonly errorId: string;
  /** Names of the input fields that were not accepted. */
  readonly fields: readonly string[];
  /** What is wrong with a document that was sent, field by field. */
  readonly problems: readonly FieldProblemDto[];
}

/** `null` for what is no refusal: a fault of ours, or an answer on its way to the browser. */
export function readRefusal(thrown: unknown): Refusal | null {
  if (isRedirect(thrown) || isHttpError(thrown)) return null;
  const { message, data } = pageHost().errorShape(thrown);
  if (data.code === 'INTERNAL_SERVER_ERROR') return null;
  const { httpStatus: status, code, reason, errorId, zodError, problems = [] } = data;
  const fields = Object.keys(zodError?.fieldErrors ?? {});
  return { status, code, reason, message, errorId, fields, problems };
}

/** Shows the error page that fits a refusal; a fault goes on as it is. */
export function showRefusal(thrown: unknown): never {
  const refusal = readRefusal(thrown);
  if (refusal === null) throw thrown;
  error(refusal.status, refusal.message, { errorId: refusal.errorId });
}
