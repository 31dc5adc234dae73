import { isCompletion, runtimeMs } from '@dcs/engine';
import type { FoldedSession, SessionHeader, SessionManager, Snapshots } from '@dcs/engine';
import type { HistoryEntry, HistoryStore, Result, SessionCatalogue } from '../store/ports.ts';
import { stateHash } from './stateHash.ts';

export interface ArchiverPorts {
  readonly manager: Pick<SessionManager, 'folded'>;
  readonly sessions: Pick<SessionCatalogue, 'saveSummaries' | 'markArchived'>;
  readonly history: Pick<HistoryStore, 'put'>;
  readonly snapshots: Pick<Snapshots, 'remove'>;
  readonly clock: { now(): number };
  readonly engineVersion: string;
  readonly onFault: (fault: unknown, sessionId: string) => void;
}

/** There is nothing to archive. Nothing was written. */
export class NotArchivable extends Error {
  readonly reason: 'session/not-found' | 'session/not-over';

  constructor(reason: NotArchivable['reason'], sessionId: string) {
    super(reason === 'session/not-found' ? `There is no session ${sessionId}.` : `${sessionId} is not over.`);
    this.name = 'NotArchivable';
    this.reason = reason;
  }
}

/** Writes the history of sessions that are over, and clears away what only helped to play them. */
export interface Archiver {
  /**
   * Resolves with the entry that is kept, the same at every repetition. Whatever a crash leaves undone of it is done by
   * the repetition. Rejects with NotArchivable, or if a store does.
   */
  archive(sessionId: string): Promise<HistoryEntry>;
  /** A session has just ended: it is archived behind everything else. What fails is left to the caretaker. */
  ended(sessionId: string): void;
  /** Resolves when nothing waits to be archived. */
  idle(): Promise<void>;
}

/** Beyond this, the caretaker finds them. */
const MOST_WAITING = 1_000;

export function createArchiver(ports: ArchiverPorts): Archiver {
  const { manager, sessions, history, snapshots, clock, engineVersion, onFault } = ports;
  const waiting = new Set<string>();
  let working: Promise<void> | null = null;

  async function archive(sessionId: string): Promise<HistoryEntry> {
    const session = await manager.folded(sessionId);
    if (session === null) throw new NotArchivable('session/not-found', sessionId);
    const entry = await history.put(entryOf(session, engineVersion));
    // The mark comes last: what is marked has everything before it.
    await sessions.saveSummaries([{ sessionId, summary: session.summary }]);
    await sessions.markArchived(sessionId, clock.now());
    // It is over and archived, whatever becomes of this: a snapshot of it can neither be played on nor believed.
    await snapshots.remove(sessionId).catch((fault: unknown) => onFault(fault, sessionId));
    return entry;
  }

  async function workOff(): Promise<void> {
    for (const sessionId of waiting) {
      waiting.delete(sessionId);
      await archive(sessionId).catch((fault: unknown) => onFault(fault, sessionId));
    }
    working = null;
  }

  return {
    archive,
    ended: (sessionId) => {
      if (waiting.size >= MOST_WAITING) return;
      waiting.add(sessionId);
      working ??= Promise.resolve().then(workOff);
    },
    idle: async () => {
      await working;
    },
  };
}

const SECOND_MS = 1000;
const wholeSeconds = (ms: number): number => Math.max(0, Math.floor(ms / SECOND_MS));

/** The history of a session. Throws before anything is written when its game names a winner that does not exist. */
function entryOf(session: FoldedSession, engineVersion: string): HistoryEntry {
  const { header, state, summary, outcome } = session;
  const { ended } = state;
  if (ended === null) throw new NotArchivable('session/not-over', header.sessionId);
  return {
    ...archivedHeader(header),
    playerIds: state.playerIds,
    result: resultOf(session, ended.reason),
    winner: outcome?.kind === 'won' ? outcome.seat : null,
    endReason: ended.reason,
    startedAt: header.createdAt,
    endedAt: ended.at,
    durationSeconds: wholeSeconds(ended.at - header.createdAt),
    playedSeconds: wholeSeconds(runtimeMs(state, ended.at)),
    turns: summary.turns,
    engineVersion,
    lastSeq: state.lastSeq,
    stateHash: stateHash(header, state),
  };
}

function archivedHeader({ sessionId, game, gameVersion, ownerId, source, cast, seed }: SessionHeader) {
  return { sessionId, game, gameVersion, ownerId, source, cast, seed };
}

function resultOf({ header, state, outcome }: FoldedSession, reason: string): Result {
  switch (outcome?.kind) {
    case 'won': {
      const winner = state.seats[outcome.seat];
      if (winner === undefined)
        throw new Error(`${header.game} has no seat "${outcome.seat}" that could win.`);
      return winner.kind === 'model' ? 'npc_win' : 'win';
    }
    case 'draw':
      return 'draw';
    case 'lost':
      return 'loss';
    case undefined:
      if (reason === 'abandoned') return 'abandoned';
      return isCompletion(reason) ? 'completed' : 'interrupted';
    default: {
      const unreachable: never = outcome;
      return unreachable;
    }
  }
}
