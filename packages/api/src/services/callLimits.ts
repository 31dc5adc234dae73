import type { Clock } from '@dcs/engine';
import { ApiError } from '../errors.ts';
import { createRateLimiter } from './rateLimiter.ts';

export interface CallLimitsPorts {
  readonly clock: Clock;
  /** For each access key, and for each address from which calls come without one. */
  readonly callsPerSecond: number;
}

/** How often anyone may call, over whatever connections. A subscription counts once. */
export interface CallLimits {
  /** A call with this access key. Throws `limit/too-many-calls`. */
  ofKey(keyId: string): void;
  /** A call that brings no key, or one that must be looked up first. Throws `limit/too-many-calls`. */
  ofAddress(remoteAddress: string): void;
}

export function createCallLimits({ clock, callsPerSecond }: CallLimitsPorts): CallLimits {
  const rate = { clock, burst: 2 * callsPerSecond, perSecond: callsPerSecond };
  const perKey = createRateLimiter(rate);
  const perAddress = createRateLimiter(rate);

  function assertNow(retryAfterMs: number, message: string): void {
    if (retryAfterMs > 0) throw new ApiError('limit/too-many-calls', message, { retryAfterMs });
  }

  return {
    ofKey: (keyId) =>
      assertNow(perKey.take(keyId), 'Too many calls were made with your access key. Please slow down.'),
    ofAddress: (remoteAddress) =>
      assertNow(
        perAddress.take(remoteAddress),
        'Too many calls were made from your address. Please slow down.',
      ),
  };
}
