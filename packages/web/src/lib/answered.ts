import { DcsError, retrying } from '@dcs/api/client';

/** Why something asked of the server did not happen. */
export interface Problem {
  readonly reason: string;
  readonly message: string;
  /** Whether the same, sent again, may succeed. */
  readonly retryable: boolean;
}

/** What a call came to; nothing rejects. */
export type Answered<T> = ({ readonly ok: true } & T) | ({ readonly ok: false } & Problem);

const BACKOFF = { minMs: 300, maxMs: 5_000 };

const UNKNOWN: Problem = {
  reason: 'page/unknown',
  message: 'Something went wrong on the way.',
  retryable: true,
};

export function problemOf(thrown: unknown): Problem {
  if (!(thrown instanceof DcsError)) return UNKNOWN;
  return { reason: thrown.reason, message: thrown.message || UNKNOWN.message, retryable: thrown.retryable };
}

/** The call's answer, or why there is none; what may succeed a little later is tried again first. */
export async function answered<T extends object>(call: () => Promise<T>): Promise<Answered<T>> {
  try {
    return { ok: true, ...(await retrying(call, BACKOFF)) };
  } catch (thrown) {
    return { ok: false, ...problemOf(thrown) };
  }
}
