import type { Closing, ConnectionMeter } from '../stream/connection.ts';
import { CLOSING } from '../stream/connection.ts';
import type { KeyRing } from '../services/keyRing.ts';
import type { Timers } from '../services/timers.ts';

export interface DoorLimits {
  readonly connections: number;
  readonly perAddress: number;
  readonly perKey: number;
}

export interface DoorPorts {
  readonly keys: Pick<KeyRing, 'onRevoked'>;
  readonly timers: Timers;
  readonly limits: DoorLimits;
  readonly meter: ConnectionMeter;
}

/** Why somebody is not let in, and after how many milliseconds it makes sense to come again. */
export interface Refusal {
  readonly status: 429 | 503;
  readonly reason: string;
  readonly message: string;
  readonly retryAfterMs: number;
}

/** Somebody who came in. */
export interface Guest {
  /** The key they came with, once it is known. */
  signedIn(keyId: string): void;
  /** To be called once when they are gone. */
  readonly left: () => void;
}

/**
 * Where connections come in that stay: WebSockets, and streams over HTTP. Counts them in all, by address and by key;
 * closes those whose key was revoked; and lets nobody in once the server is about to stop.
 */
export interface Door {
  /** Whether somebody from this address would be let in; `null` if so. */
  refusal(address: string): Refusal | null;
  /** Somebody came in; `close` ends their connection. */
  enter(address: string, close: (closing: Closing) => void): Guest;
  /** From now on nobody is let in. */
  shut(): void;
  readonly isShut: boolean;
  /** Stops listening for revoked keys. */
  stop(): void;
}

/** Whoever exchanges a key must get the new one over the socket that came in with the old. Calls stop at once. */
const LAST_WORD_MS = 250;
const BUSY_RETRY_MS = 5_000;
const RESTART_RETRY_MS = 1_000;

const RESTARTING: Refusal = {
  status: 503,
  reason: CLOSING.RESTARTING.reason,
  message: 'The server is restarting. Try again in a moment.',
  retryAfterMs: RESTART_RETRY_MS,
};
const FULL: Refusal = {
  status: 503,
  reason: 'limit/too-many-connections',
  message: 'The server holds as many connections as it can. Try again in a moment.',
  retryAfterMs: BUSY_RETRY_MS,
};
const ADDRESS_FULL: Refusal = {
  status: 429,
  reason: 'limit/too-many-connections-from-address',
  message: 'Too many connections are open from your address. Close some, then try again.',
  retryAfterMs: BUSY_RETRY_MS,
};

export function createDoor({ keys, timers, limits, meter }: DoorPorts): Door {
  const byKey = new Map<string, Set<(closing: Closing) => void>>();
  const perAddress = new Map<string, number>();
  let inside = 0;
  let isShut = false;

  const stopListening = keys.onRevoked((keyId) => {
    timers.after(LAST_WORD_MS, () => {
      for (const close of byKey.get(keyId) ?? []) close(CLOSING.KEY_REVOKED);
    });
  });

  function count(address: string, change: 1 | -1): void {
    inside += change;
    meter.connection(change);
    const next = (perAddress.get(address) ?? 0) + change;
    if (next > 0) perAddress.set(address, next);
    else perAddress.delete(address);
  }

  return {
    refusal: (address) => {
      if (isShut) return RESTARTING;
      if (inside >= limits.connections) return FULL;
      return (perAddress.get(address) ?? 0) >= limits.perAddress ? ADDRESS_FULL : null;
    },
    enter: (address, close) => {
      let key: string | null = null;
      let isGone = false;
      count(address, 1);
      return {
        signedIn: (keyId) => {
          // The key was looked up while they left.
          if (isGone) return;
          const others = byKey.get(keyId) ?? new Set();
          if (others.size >= limits.perKey) {
            meter.refused(CLOSING.TOO_MANY_CONNECTIONS.reason);
            close(CLOSING.TOO_MANY_CONNECTIONS);
            return;
          }
          key = keyId;
          byKey.set(keyId, others.add(close));
        },
        left: () => {
          isGone = true;
          count(address, -1);
          const others = key === null ? undefined : byKey.get(key);
          others?.delete(close);
          if (key !== null && others?.size === 0) byKey.delete(key);
        },
      };
    },
    shut: () => {
      isShut = true;
    },
    get isShut() {
      return isShut;
    },
    stop: stopListening,
  };
}
