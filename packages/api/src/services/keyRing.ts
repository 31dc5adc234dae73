import type { Clock } from '@dcs/engine';
import type { AccessKeyStore, PlayerStore } from '../store/ports.ts';
import type { Principal } from './authorise.ts';

export interface KeyRingPorts {
  readonly accessKeys: AccessKeyStore;
  readonly players: PlayerStore;
  readonly clock: Clock;
  readonly newId: () => string;
  /** A fresh secret. */
  readonly newKey: () => string;
  readonly hash: (key: string) => string;
}

/** The keys in force. A revoked key stops at once on this node, and within `CACHED_MS` on any other. */
export interface KeyRing {
  /** Whose key it is; `null` for a malformed, unknown or revoked one. */
  identify(key: string): Promise<Principal | null>;
  /** A new key for a player; the only time the secret exists. */
  issue(playerId: string): Promise<string>;
  revoke(keyId: string): Promise<void>;
  revokeAll(playerId: string): Promise<void>;
  /** Called with every key that stops being valid. Returns the way to stop listening. */
  onRevoked(listener: (keyId: string) => void): () => void;
}

const CACHED_MS = 15_000;
const CACHED_KEYS = 20_000;

interface Cached {
  readonly principal: Principal;
  readonly until: number;
}

export function createKeyRing(ports: KeyRingPorts): KeyRing {
  const cache = new Map<string, Cached>();
  const listeners = new Set<(keyId: string) => void>();
  // A look-up that was under way when a key was revoked must not put it back.
  let revocations = 0;

  async function lookUp(hash: string): Promise<Principal | null> {
    const before = revocations;
    const key = await ports.accessKeys.findByHash(hash);
    const player = key === null ? null : await ports.players.get(key.playerId);
    if (key === null || player === null || player.erasedAt !== null) return null;
    const principal = { playerId: player.playerId, role: player.role, keyId: key.keyId };
    if (before === revocations) remember(hash, principal);
    return principal;
  }

  function remember(hash: string, principal: Principal): void {
    const oldest = cache.keys().next();
    if (cache.size >= CACHED_KEYS && oldest.done !== true) cache.delete(oldest.value);
    cache.set(hash, { principal, until: ports.clock.now() + CACHED_MS });
  }

  function forget(isGone: (principal: Principal) => boolean): void {
    revocations += 1;
    for (const [hash, { principal }] of cache) {
      if (isGone(principal)) cache.delete(hash);
    }
  }

  return {
    identify: async (key) => {
      const hash = ports.hash(key);
      const cached = cache.get(hash);
      if (cached !== undefined && cached.until > ports.clock.now()) return cached.principal;
      cache.delete(hash);
      return lookUp(hash);
    },
    issue: async (playerId) => {
      const key = ports.newKey();
      await ports.accessKeys.issue({
        keyId: ports.newId(),
        hash: ports.hash(key),
        playerId,
        createdAt: ports.clock.now(),
      });
      return key;
    },
    revoke: async (keyId) => {
      await ports.accessKeys.revoke(keyId, ports.clock.now());
      forget((principal) => principal.keyId === keyId);
      for (const listener of listeners) listener(keyId);
    },
    revokeAll: async (playerId) => {
      const keys = await ports.accessKeys.listByPlayer(playerId);
      await ports.accessKeys.revokeAll(playerId, { at: ports.clock.now() });
      forget((principal) => principal.playerId === playerId);
      for (const { keyId } of keys) for (const listener of listeners) listener(keyId);
    },
    onRevoked: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
