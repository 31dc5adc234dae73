import { TRPCClientError } from '@trpc/client';
import type { ErrorShape } from '../errorShape.ts';
import type { AppRouter } from '../routers/app.ts';

/** Reasons that no server gave: what happened to the connection, or to a request that never left. */
export const CLIENT_REASONS = [
  /** The connection broke after the request was sent; whether it took effect is unknown. */
  'connection/interrupted',
  'connection/closed',
  'auth/key-revoked',
  'request/too-large',
  'server/unreadable',
] as const;
export type ClientReason = (typeof CLIENT_REASONS)[number];

/** Every failure of a call. Branch on `reason`, show `message`, send again what is `retryable`. */
export class DcsError extends TRPCClientError<AppRouter> {
  /** Stable and namespaced, such as `session/not-found`. */
  readonly reason: string;
  readonly retryable: boolean;
  /** How long the server asks to wait before that, in milliseconds; `null` when it does not say. */
  readonly retryAfterMs: number | null;
  /** What to quote to the operator; empty when the failure did not come from the server. */
  readonly errorId: string;

  private constructor(
    message: string,
    facts: Pick<DcsError, 'reason' | 'retryable' | 'retryAfterMs' | 'errorId'>,
    shape?: ErrorShape,
  ) {
    super(message, shape === undefined ? {} : { result: { error: shape } });
    // TRPCClientError sets its own prototype, which would hide this class from instanceof.
    Object.setPrototypeOf(this, DcsError.prototype);
    this.name = 'DcsError';
    this.reason = facts.reason;
    this.retryable = facts.retryable;
    this.retryAfterMs = facts.retryAfterMs;
    this.errorId = facts.errorId;
  }

  /** What the server said. */
  static fromServer(shape: ErrorShape): DcsError {
    const { reason, retryable, retryAfterMs = null, errorId } = shape.data;
    return new DcsError(shape.message, { reason, retryable, retryAfterMs, errorId }, shape);
  }

  /** What happened on the way. */
  static onTheWay(reason: ClientReason, message: string, retryable = false): DcsError {
    return new DcsError(message, { reason, retryable, retryAfterMs: null, errorId: '' });
  }
}
