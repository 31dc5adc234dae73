import type { IncomingMessage } from 'node:http';
import type { ErrorFacts } from './errors.ts';
import type { Services } from './services/services.ts';
import type { Backpressure } from './stream/backpressure.ts';

/** Where a fault is written down, so that a person can be asked for its id. */
export interface ErrorReporter {
  /** Gives the error its id, the same one however often it is asked, and logs it once. */
  report(error: unknown, facts: ErrorFacts, where: { readonly path: string | undefined }): string;
}

export type CallOutcome = 'ok' | 'refused' | 'failed';

export interface CallMeter {
  /** A procedure was called. */
  call(path: string, outcome: CallOutcome): void;
}

/** What every procedure gets. Making one never throws: whoever cannot be identified is nobody. */
export interface ApiContext {
  readonly services: Services;
  readonly errors: ErrorReporter;
  readonly meter: CallMeter;
  /** As presented; looked up anew for every call, so that a revoked key stops at once. */
  readonly accessKey: string | null;
  readonly remoteAddress: string;
  /** The socket's fill level; `null` where the transport waits for its reader by itself. */
  readonly backpressure: Backpressure | null;
}

/** Set by our own pages, for themselves. */
const KEY_COOKIE = 'dcs-key';

/** Longer than any key; anything beyond is not looked at. */
const KEY_LIMIT = 200;

function bearer(header: string | undefined): string | null {
  return /^\s*bearer\s+(\S+)\s*$/i.exec(header ?? '')?.[1] ?? null;
}

function cookie(header: string | undefined): string | null {
  for (const pair of (header ?? '').split(';')) {
    const [name, ...value] = pair.split('=');
    if (name?.trim() === KEY_COOKIE) return decoded(value.join('=').trim());
  }
  return null;
}

function decoded(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null; // not ours
  }
}

/**
 * The access key of a request: header before connection parameters before cookie. The cookie serves our own pages
 * alone: it is SameSite, and requests with a foreign Origin are refused before this is reached.
 */
export function presentedKey(
  req: Pick<IncomingMessage, 'headers'>,
  connectionParams: Readonly<Record<string, unknown>> | null,
): string | null {
  const param = connectionParams?.['accessKey'];
  const key =
    bearer(req.headers.authorization) ??
    (typeof param === 'string' ? param.trim() : null) ??
    cookie(req.headers.cookie);
  return key === null || key === '' || key.length > KEY_LIMIT ? null : key;
}
