import type { IncomingMessage } from 'node:http';

/** Who may be asked from web pages: our own, and the origins that the operator names. */
export interface OriginPolicy {
  readonly allowed: readonly string[];
  /** Whether a proxy in front tells under which name we were asked. */
  readonly trustProxy: boolean;
}

type Headers = Pick<IncomingMessage, 'headers'>;

function first(header: string | string[] | undefined): string | undefined {
  return (Array.isArray(header) ? header[0] : header)?.split(',')[0]?.trim();
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}

/** The foreign but allowed origin of a request, which is to be told so; `null` for our own pages and for programs. */
export function corsOrigin({ headers }: Headers, policy: OriginPolicy): string | null {
  const { origin } = headers;
  return origin !== undefined && policy.allowed.includes(origin) ? origin : null;
}

/**
 * Browsers say from which page a request comes, and let any page open a WebSocket to us: without this a foreign page
 * could act with a visitor's cookie. Programs send no Origin; they bring their key themselves.
 */
export function isOriginAllowed({ headers }: Headers, policy: OriginPolicy): boolean {
  const { origin } = headers;
  if (origin === undefined || policy.allowed.includes(origin)) return true;
  const forwarded = policy.trustProxy ? first(headers['x-forwarded-host']) : undefined;
  const host = hostOf(origin);
  return host !== null && (host === headers.host || host === forwarded);
}

/** The address a request comes from, for limits per address. */
export function remoteAddress(req: Headers & Pick<IncomingMessage, 'socket'>, policy: OriginPolicy): string {
  const forwarded = policy.trustProxy ? first(req.headers['x-forwarded-for']) : undefined;
  return forwarded ?? req.socket.remoteAddress ?? 'unknown';
}
