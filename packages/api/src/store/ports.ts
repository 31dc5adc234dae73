import type {
  CastMember,
  CharacterSheet,
  CharacterStore,
  SessionEvent,
  SessionLog,
  SessionStore,
} from '@dcs/engine';

/*
 * What the services keep, in their own words. Adapters: memory/ and mongo/; stores.contract.ts runs against both.
 * Every method may reject with StoreUnavailable, and may then be repeated unless it says otherwise. All times are
 * epoch milliseconds. Lists come newest first and take the last row seen as their cursor.
 */

export const PLAYER_ROLES = ['player', 'admin'] as const;
export type PlayerRole = (typeof PLAYER_ROLES)[number];

/** One answer of a registration. The answer to a personal question is not here but in PersonalDataStore. */
export type RegistrationField =
  | { readonly name: string; readonly personal: true }
  | { readonly name: string; readonly personal: false; readonly answer: string | boolean };

export interface Player {
  readonly playerId: string;
  readonly role: PlayerRole;
  /** Whether the player came in without registering. */
  readonly anonymous: boolean;
  readonly registration: readonly RegistrationField[];
  readonly createdAt: number;
  /** When the person asked to be forgotten, or `null`. */
  readonly erasedAt: number | null;
}

export interface PlayerStore {
  /** Rejects with DuplicateRecord when the id is taken. */
  create(player: Player): Promise<void>;
  get(playerId: string): Promise<Player | null>;
  /** Whether there is such a player. */
  setRole(playerId: string, role: PlayerRole): Promise<boolean>;
  /** Forgets the registration and marks the player; the first time counts. Whether there is such a player. */
  erase(playerId: string, at: number): Promise<boolean>;
}

/** Sealed values by field name; the store never sees what they say. */
export type SealedFields = Readonly<Record<string, string>>;

export interface PersonalDataStore {
  /** Replaces everything known about the player. */
  put(playerId: string, fields: SealedFields, at: number): Promise<void>;
  get(playerId: string): Promise<SealedFields | null>;
  /** Whether there was anything to erase. */
  erase(playerId: string): Promise<boolean>;
}

/** A key as kept: its hash, never the key. */
export interface AccessKeyRecord {
  readonly keyId: string;
  /** SHA-256 of the key, in hexadecimal. */
  readonly hash: string;
  readonly playerId: string;
  readonly createdAt: number;
  readonly revokedAt: number | null;
  /** To the minute or so: it is not written on every request. */
  readonly lastUsedAt: number | null;
}

export interface AccessKeyStore {
  /** Rejects with DuplicateRecord when the id or the hash is taken. */
  issue(key: Pick<AccessKeyRecord, 'keyId' | 'hash' | 'playerId' | 'createdAt'>): Promise<void>;
  /** The key in force with this hash; a revoked one counts as unknown. */
  findByHash(hash: string): Promise<AccessKeyRecord | null>;
  /** Whether a key in force was revoked by this call. */
  revoke(keyId: string, at: number): Promise<boolean>;
  /** Revokes all keys of a player but `exceptKeyId`, if given; resolves with how many were in force. */
  revokeAll(
    playerId: string,
    options: { readonly at: number; readonly exceptKeyId?: string },
  ): Promise<number>;
  /** Newest first, revoked ones included. */
  listByPlayer(playerId: string): Promise<readonly AccessKeyRecord[]>;
  /** Notes a use; an earlier time never wins. For callers that gather uses: at most about once a minute for a key. */
  recordUse(keyId: string, at: number): Promise<void>;
}

/** The account of what admins and players did to what is kept. */
export interface AuditEntry {
  readonly auditId: string;
  readonly at: number;
  /** Who did it: a player's id, or `system`. */
  readonly actorId: string;
  /** A stable namespaced string such as `player/erased`. */
  readonly action: string;
  /** The id of what it was done to, or `null`. */
  readonly targetId: string | null;
  /** No personal data. */
  readonly details: Readonly<Record<string, string | number | boolean>>;
}

interface AuditPage {
  readonly limit: number;
  readonly before?: { readonly at: number; readonly auditId: string };
}

export interface AuditLog {
  /** Repeating it with the same auditId has no further effect. */
  append(entry: AuditEntry): Promise<void>;
  list(page: AuditPage): Promise<readonly AuditEntry[]>;
}

/** The engine's view of characters, and the means to edit it. */
export interface CharacterCatalogue extends CharacterStore {
  /** Keeps the revision for ever and makes it the current one of its hid. Repeatable. */
  put(sheet: CharacterSheet, meta: { readonly revision: string; readonly at: number }): Promise<CastMember>;
  /** The current sheet's revision, or `null` when there is none. */
  currentRevision(hid: string): Promise<string | null>;
  /** New sessions no longer cast it; sessions that play it go on. Whether it was current. */
  retire(hid: string, at: number): Promise<boolean>;
}

/** Everything that is kept, behind one value; see createMemoryStores and openMongoStores. */
export interface Stores {
  readonly log: SessionLog;
  readonly sessions: SessionStore;
  readonly characters: CharacterCatalogue;
  readonly players: PlayerStore;
  readonly personalData: PersonalDataStore;
  readonly accessKeys: AccessKeyStore;
  readonly audit: AuditLog;
}

/** Throws when `events` is not one session's run of consecutive numbers: a fault of the caller, never of the store. */
export function assertOneRun(events: readonly SessionEvent[]): void {
  events.forEach((event, index) => {
    const before = events[index - 1];
    const follows =
      before === undefined || (event.sessionId === before.sessionId && event.seq === before.seq + 1);
    if (!follows || !Number.isSafeInteger(event.seq) || event.seq < 1) {
      throw new RangeError(`Event ${event.seq} of session ${event.sessionId} is out of place in its batch.`);
    }
  });
}
