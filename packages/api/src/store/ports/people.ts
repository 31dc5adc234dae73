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

export interface PlayerPage {
  readonly limit: number;
  readonly before?: { readonly createdAt: number; readonly playerId: string };
  readonly role?: PlayerRole;
}

export interface PlayerStore {
  /** Rejects with DuplicateRecord when the id is taken. */
  create(player: Player): Promise<void>;
  get(playerId: string): Promise<Player | null>;
  /** Newest first. */
  list(page: PlayerPage): Promise<readonly Player[]>;
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
  /** When it ended, or will end. */
  readonly revokedAt: number | null;
  /** To the minute or so: it is not written on every request. */
  readonly lastUsedAt: number | null;
}

export interface AccessKeyStore {
  /** Rejects with DuplicateRecord when the id or the hash is taken. */
  issue(key: Pick<AccessKeyRecord, 'keyId' | 'hash' | 'playerId' | 'createdAt'>): Promise<void>;
  /**
   * The key with this hash, if it is in force at `at`; a revoked one counts as unknown. Without `at`, one whose end is
   * set counts as revoked already.
   */
  findByHash(hash: string, at?: number): Promise<AccessKeyRecord | null>;
  /** Ends a key at `at`, which may be to come; of two ends the earlier one counts. Whether this call changed it. */
  revoke(keyId: string, at: number): Promise<boolean>;
  /** Ends all keys of a player but `exceptKeyId`, if given, in the same way; resolves with how many it changed. */
  revokeAll(
    playerId: string,
    options: { readonly at: number; readonly exceptKeyId?: string },
  ): Promise<number>;
  /** Newest first, revoked ones included. */
  listByPlayer(playerId: string): Promise<readonly AccessKeyRecord[]>;
  /** The keys of some players that are in force at `at`, in no order. */
  inForce(playerIds: readonly string[], at: number): Promise<readonly AccessKeyRecord[]>;
  /** Notes a use; an earlier time never wins. For callers that gather uses: at most about once a minute for a key. */
  recordUse(keyId: string, at: number): Promise<void>;
}
