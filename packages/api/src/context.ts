import type { IncomingMessage } from 'node:http';
import type { ApiError, ErrorFacts } from './errors.ts';
import type { CallLimits } from './services/callLimits.ts';
import type { CallsInFlight } from './services/callsInFlight.ts';
import type { Services } from './services/services.ts';

/** Where an error happened, as far as it is known. Nothing of what a person wrote. */
export interface ErrorPlace {
  /** The procedure, or the path of a page. */
  readonly path: string | undefined;
  readonly sessionId?: string | undefined;
  readonly playerId?: string | undefined;
}

/** Where a fault is written down, so that a person can be asked for its id. */
export interface ErrorReporter {
  /** Gives the error its id, the same one however often it is asked, and logs it once. */
  report(error: unknown, facts: ErrorFacts, place: ErrorPlace): string;
}

export type CallOutcome = 'ok' | 'refused' | 'failed';

export interface CallMeter {
  /** A procedure was called. */
  call(path: string, outcome: CallOutcome): void;
  /** A limit refused something; the reason that was given, such as `limit/too-many-calls`. */
  limited(reason: string): void;
}

/** What every procedure gets. Making one never throws: whoever cannot be identified is nobody. */
export interface ApiContext {
  readonly services: Services;
  readonly errors: ErrorReporter;
  readonly meter: CallMeter;
  readonly limits: CallLimits;
  readonly inFlight: CallsInFlight;
  /** Of the access key that was presented; looked up anew for every call, so that a revoked key stops at once. */
  readonly keyHash: string | null;
  readonly remoteAddress: string;
  /** Why this call is not served, whatever it asks for. */
  readonly refusal: ApiError | null;
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
