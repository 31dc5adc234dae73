import type { SeatName, SessionHeader } from '@dcs/engine';

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
