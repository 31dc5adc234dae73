import { MODEL_FAILURE_REASONS } from '@dcs/engine';
import type {
  CastMember,
  CharacterSheet,
  CharacterStore,
  ModelOccasion,
  ModelRole,
  SeatName,
  SessionEvent,
  SessionHeader,
  SessionLog,
  SessionRecord,
  SessionStore,
  SnapshotStore,
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
  /**
   * As `put`, but only while `expected` is the current revision of the hid (`null`: while there is none), so that of two
   * who change it at once one learns of the other. Whether it was made current.
   */
  replace(
    sheet: CharacterSheet,
    meta: { readonly revision: string; readonly at: number; readonly expected: string | null },
  ): Promise<boolean>;
  /** The current sheet's revision, or `null` when there is none. */
  currentRevision(hid: string): Promise<string | null>;
  /** The latest 100 of all that was ever kept of a hid, the one that was written last first. */
  revisions(hid: string): Promise<readonly CharacterRevision[]>;
  /** Handles without a current sheet that have had one, in their order. */
  retired(): Promise<readonly RetiredCharacter[]>;
  /** New sessions no longer cast it; sessions that play it go on. Whether it was current: a newer revision stays. */
  retire(member: CastMember, at: number): Promise<boolean>;
}

export interface CharacterRevision {
  readonly revision: string;
  readonly createdAt: number;
}

export interface RetiredCharacter {
  readonly hid: string;
  readonly retiredAt: number;
}

/** How many revisions of one character are listed. */
export const MOST_REVISIONS = 100;

/** The oldest sessions first; `after` is the cursor of the last row seen. */
export interface UnfinishedPage {
  readonly limit: number;
  /** Only sessions in which nothing has happened since, by their summaries. */
  readonly idleSince?: number;
  readonly after?: { readonly createdAt: number; readonly sessionId: string };
}

/** The sessions that ended first come first; `after` is the cursor of the last row seen. */
export interface UnarchivedPage {
  readonly limit: number;
  readonly after?: { readonly endedAt: number; readonly sessionId: string };
}

/** The engine's view of sessions, and the means to look after those that nobody looks after. */
export interface SessionCatalogue extends SessionStore {
  /** How many have not ended, by their summaries. */
  countUnfinished(): Promise<number>;
  listUnfinished(page: UnfinishedPage): Promise<readonly SessionRecord[]>;
  /** What has ended, by its summary, and is not marked as archived. */
  listUnarchived(page: UnarchivedPage): Promise<readonly SessionRecord[]>;
  /** The session's entry in the history is complete. Repeatable. */
  markArchived(sessionId: string, at: number): Promise<void>;
}

/** How a session came out, for the players: nothing is left to be guessed from what is missing. */
export const RESULTS = [
  /** The seat named as the winner was held by a player. */
  'win',
  /** The seat named as the winner was held by a model. */
  'npc_win',
  'draw',
  /** Nobody won, though somebody could have. */
  'loss',
  /** Played to its end; nobody wins or loses such a game. */
  'completed',
  /** Ended by a player or by the program before its end. */
  'interrupted',
  /** Left alone for too long. */
  'abandoned',
] as const;
export type Result = (typeof RESULTS)[number];

/** A session that is over. With its log, the last four fields prove that a replay is the same. */
export interface HistoryEntry extends Pick<
  SessionHeader,
  'sessionId' | 'game' | 'gameVersion' | 'ownerId' | 'source' | 'cast' | 'seed'
> {
  /** Everyone who has held a seat. */
  readonly playerIds: readonly string[];
  readonly result: Result;
  readonly winner: SeatName | null;
  /** In its normal form. */
  readonly endReason: string;
  /** When it was created. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** From creation to end, in whole seconds; never negative, whatever clocks do. */
  readonly durationSeconds: number;
  /** Time played, pauses excluded, in whole seconds. */
  readonly playedSeconds: number;
  readonly turns: number;
  readonly engineVersion: string;
  readonly lastSeq: number;
  readonly stateHash: string;
}

export interface HistoryPage {
  readonly limit: number;
  readonly before?: { readonly endedAt: number; readonly sessionId: string };
}

/** Sessions that are over, one entry each. */
export interface HistoryStore {
  /** Keeps the first entry of a session; resolves with the one that is kept. */
  put(entry: HistoryEntry): Promise<HistoryEntry>;
  get(sessionId: string): Promise<HistoryEntry | null>;
  /** Of everyone who has held a seat; what ended last comes first. */
  listByPlayer(playerId: string, page: HistoryPage): Promise<readonly HistoryEntry[]>;
}

/** How a call to a model ended: `ok`, or why there was no answer. */
export const CALL_OUTCOMES = ['ok', ...MODEL_FAILURE_REASONS] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** One call to a model behind a provider. What was said in it is not here but in the log. */
export interface ModelCall {
  readonly callId: string;
  /** When it began. */
  readonly at: number;
  readonly role: ModelRole;
  readonly task: string;
  readonly provider: string;
  /** As the provider names it. */
  readonly model: string;
  readonly promptVersion: string;
  /** SHA-256 of the prompt, in hexadecimal. */
  readonly promptHash: string;
  /** What was sent beside the prompt. */
  readonly parameters: Readonly<Record<string, number>>;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Whether the tokens are counted from the length of the texts, because the provider did not tell. */
  readonly isEstimated: boolean;
  /** US dollars; `null` when nobody knows. */
  readonly costUsd: number | null;
  /** Milliseconds; `null` when no byte came. */
  readonly firstByteMs: number | null;
  readonly totalMs: number;
  readonly outcome: CallOutcome;
  /** For which turn: what came of the call stands after `afterSeq`. `null` when it was asked outside a session. */
  readonly occasion: ModelOccasion | null;
}

export interface ModelCallPage {
  readonly limit: number;
  readonly sessionId?: string;
  readonly before?: { readonly at: number; readonly callId: string };
}

export interface ModelCallFilter {
  /** Only calls that began at this time or later. */
  readonly since?: number;
  readonly sessionId?: string;
  readonly playerId?: string;
  readonly experimentId?: string;
  readonly role?: ModelRole;
  readonly provider?: string;
  /** As its provider calls it. */
  readonly model?: string;
}

/** What the calls of one role to one model amount to. */
export interface ModelCallSum {
  readonly provider: string;
  readonly model: string;
  readonly role: ModelRole;
  readonly calls: number;
  /** Calls that brought no answer. */
  readonly failures: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars, of the calls whose cost is known. */
  readonly costUsd: number;
  /** Calls whose cost nobody knows. */
  readonly unpriced: number;
  /** Milliseconds of all calls together. */
  readonly totalMs: number;
}

/** What any number of calls amount to. */
export type ModelCallAmounts = Omit<ModelCallSum, 'provider' | 'model' | 'role'>;

/** How long things took, in whole milliseconds: half of them at most so long, and all but one in twenty. */
export interface Latency {
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** How long the answers of one role by one model took. */
export interface ModelCallLatency extends Pick<ModelCallSum, 'provider' | 'model' | 'role'> {
  /** Until the first byte, of calls that brought one; `null` when none did. */
  readonly firstByte: Latency | null;
  /** Of calls that brought an answer. */
  readonly total: Latency | null;
}

/** What went wrong with a model, and how often. */
export interface ModelCallFailures extends Pick<ModelCallSum, 'provider' | 'model'> {
  readonly outcome: CallOutcome;
  readonly calls: number;
}

/** What the calls of a day amount to; days begin at midnight UTC. */
export interface ModelCallDay extends ModelCallAmounts {
  /** Such as `2026-11-21`. */
  readonly day: string;
}

export interface ModelCallFigures {
  /** In the order of `sums`. */
  readonly latencies: readonly ModelCallLatency[];
  /** The most frequent ones first. */
  readonly failures: readonly ModelCallFailures[];
  /** Only days with calls, in their order. */
  readonly days: readonly ModelCallDay[];
}

/** For what calls are counted together when what they use is limited. */
export const CALL_SCOPES = ['turn', 'session', 'player', 'experiment'] as const;
export type CallScope = (typeof CALL_SCOPES)[number];

/** What calls use, as it is limited. */
export interface ModelCallUse {
  readonly tokens: number;
  /** US dollars. */
  readonly dollars: number;
  /** Milliseconds. */
  readonly ms: number;
}

/** Whom calls are charged to, so that they are counted together. */
export interface ModelCallPayer {
  /** Of the session, also where a turn of it is meant, of the player, or of the experiment. */
  readonly id: string;
  /** The turn that is meant, with the event after which its models were asked; `null` in other scopes. */
  readonly turn: Pick<ModelOccasion, 'turn' | 'afterSeq'> | null;
}

/** The most that any one of a scope has used. */
export interface HighestUse {
  readonly amount: number;
  /** `null` when nobody has used anything of the kind. */
  readonly by: ModelCallPayer | null;
}

/** What was asked of models, and what it took. */
export interface ModelCallStore {
  /** Keeps the first call of each id. Repeatable, also after a part of it was written. */
  add(calls: readonly ModelCall[]): Promise<void>;
  list(page: ModelCallPage): Promise<readonly ModelCall[]>;
  /** Ordered by provider, model and role. */
  sums(filter: ModelCallFilter): Promise<readonly ModelCallSum[]>;
  /** For people who look at it: latencies may be estimates. */
  figures(filter: ModelCallFilter): Promise<ModelCallFigures>;
  /** The most that any one turn, session, player or experiment has used since a time, each measure for itself. */
  highest(scope: CallScope, since: number): Promise<Readonly<Record<keyof ModelCallUse, HighestUse>>>;
}

/** Everything that is kept, behind one value; see createMemoryStores and openMongoStores. */
export interface Stores {
  readonly log: SessionLog;
  readonly sessions: SessionCatalogue;
  readonly snapshots: SnapshotStore;
  readonly history: HistoryStore;
  readonly characters: CharacterCatalogue;
  readonly players: PlayerStore;
  readonly personalData: PersonalDataStore;
  readonly accessKeys: AccessKeyStore;
  readonly audit: AuditLog;
  readonly modelCalls: ModelCallStore;
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
