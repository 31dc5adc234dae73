import type { Clock } from '@dcs/engine';
import type { AccessKeyRecord, AccessKeyStore, PlayerStore } from '../store/ports.ts';
import { DuplicateRecord } from '../store/storeErrors.ts';
import type { Principal } from './authorise.ts';
import { createKeyUses } from './keyUses.ts';
import type { Timers } from './timers.ts';

export interface KeyRingPorts {
  readonly accessKeys: AccessKeyStore;
  readonly players: PlayerStore;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly newId: () => string;
  /** A fresh secret. */
  readonly newKey: () => string;
  /** The secret that follows a key by a command: the same one whenever and on whatever node it is asked for. */
  readonly successor: (keyId: string, commandId: string) => string;
  readonly hash: (key: string) => string;
  /** Something failed that nobody waits for. */
  readonly onFault: (fault: unknown) => void;
}

/** The keys in force. A revoked key stops at once on this node, and within `CACHED_MS` on any other. */
export interface KeyRing {
  /** Whose key has this hash; `null` for an unknown or revoked one. */
  identify(hash: string): Promise<Principal | null>;
  /** The same from memory: `null` means only that it must be looked up. */
  recall(hash: string): Principal | null;
  /** A new key for a player; the only time the secret exists. */
  issue(playerId: string): Promise<string>;
  /** A new key in place of the old one, which stops at once. */
  replace(principal: Principal): Promise<string>;
  /**
   * The same, safely: repeated with the same commandId, the same new key. The old one works until the new one is first
   * used, `HANDOVER_MS` at most, so that nobody is locked out by a reply that was lost.
   */
  handOver(principal: Principal, commandId: string): Promise<string>;
  revoke(keyId: string): Promise<void>;
  revokeAll(playerId: string): Promise<void>;
  /** Called with every key that stops being valid. Returns the way to stop listening. */
  onRevoked(listener: (keyId: string) => void): () => void;
  /** Another node has revoked this key, and says so: it is forgotten here, and whoever listens is told. */
  revokedElsewhere(keyId: string): void;
  /** Writes down what is left to write. */
  stop(): Promise<void>;
}

const CACHED_MS = 15_000;
const CACHED_KEYS = 20_000;
const USE_NOTED_MS = 60_000;
export const HANDOVER_MS = 120_000;

interface Cached {
  readonly principal: Principal;
  readonly until: number;
  notedAt: number;
}

export function createKeyRing(ports: KeyRingPorts): KeyRing {
  const { accessKeys, players, clock, timers } = ports;
  const cache = new Map<string, Cached>();
  const listeners = new Set<(keyId: string) => void>();
  const uses = createKeyUses({ accessKeys, timers, onFault: ports.onFault });
  // A look-up that was under way when a key was revoked must not put it back.
  let revocations = 0;

  function forget(isGone: (principal: Principal) => boolean): void {
    revocations += 1;
    for (const [hash, { principal }] of cache) {
      if (isGone(principal)) cache.delete(hash);
    }
  }

  function tellRevoked(keyId: string): void {
    forget((principal) => principal.keyId === keyId);
    for (const listener of listeners) listener(keyId);
  }

  async function revoke(keyId: string): Promise<void> {
    await accessKeys.revoke(keyId, clock.now());
    tellRevoked(keyId);
  }

  /** The first use of a key ends those that it replaces: its owner has it in hand. */
  async function endPredecessors({ keyId, playerId }: AccessKeyRecord, now: number): Promise<void> {
    for (const other of await accessKeys.listByPlayer(playerId)) {
      if (other.keyId !== keyId && other.revokedAt !== null && other.revokedAt > now)
        await revoke(other.keyId);
    }
  }

  function remember(hash: string, cached: Cached): void {
    const oldest = cache.keys().next();
    if (cache.size >= CACHED_KEYS && oldest.done !== true) cache.delete(oldest.value);
    cache.set(hash, cached);
  }

  async function lookUp(hash: string): Promise<Principal | null> {
    const now = clock.now();
    const before = revocations;
    const key = await accessKeys.findByHash(hash, now);
    const player = key === null ? null : await players.get(key.playerId);
    if (key === null || player === null || player.erasedAt !== null) return null;
    if (key.lastUsedAt === null) await endPredecessors(key, now);
    const { playerId, role, anonymous } = player;
    const principal = { playerId, role, anonymous, keyId: key.keyId };
    const until = Math.min(now + CACHED_MS, key.revokedAt ?? Number.POSITIVE_INFINITY);
    const cached = { principal, until, notedAt: key.lastUsedAt ?? 0 };
    noteUse(cached, now);
    if (before === revocations) remember(hash, cached);
    return principal;
  }

  function noteUse(cached: Cached, now: number): void {
    if (now - cached.notedAt < USE_NOTED_MS) return;
    cached.notedAt = now;
    uses.note(cached.principal.keyId, now);
  }

  function recall(hash: string): Principal | null {
    const cached = cache.get(hash);
    const now = clock.now();
    if (cached === undefined || cached.until <= now) return null;
    noteUse(cached, now);
    return cached.principal;
  }

  async function issueSecret(playerId: string, secret: string): Promise<string> {
    const hash = ports.hash(secret);
    await accessKeys.issue({ keyId: ports.newId(), hash, playerId, createdAt: clock.now() });
    return secret;
  }

  return {
    identify: async (hash) => {
      const known = recall(hash);
      if (known !== null) return known;
      cache.delete(hash);
      return lookUp(hash);
    },
    recall,
    issue: (playerId) => issueSecret(playerId, ports.newKey()),
    replace: async ({ playerId, keyId }) => {
      // The new key first: if what follows fails, the player still has one that works.
      const key = await issueSecret(playerId, ports.newKey());
      await revoke(keyId);
      return key;
    },
    handOver: async ({ playerId, keyId }, commandId) => {
      const key = ports.successor(keyId, commandId);
      try {
        await issueSecret(playerId, key);
      } catch (error) {
        // This very command was done before.
        if (!(error instanceof DuplicateRecord)) throw error;
      }
      if (await accessKeys.revoke(keyId, clock.now() + HANDOVER_MS)) {
        // What is remembered of it does not know its end.
        forget((principal) => principal.keyId === keyId);
        timers.after(HANDOVER_MS, () => tellRevoked(keyId));
      }
      return key;
    },
    revoke,
    revokeAll: async (playerId) => {
      const keys = await accessKeys.listByPlayer(playerId);
      await accessKeys.revokeAll(playerId, { at: clock.now() });
      forget((principal) => principal.playerId === playerId);
      for (const { keyId } of keys) tellRevoked(keyId);
    },
    onRevoked: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    revokedElsewhere: tellRevoked,
    stop: () => uses.stop(),
  };
}
