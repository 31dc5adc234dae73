import type { CancellationSource } from '../cancellation.ts';
import type { GameEntry, GameRegistry } from '../game/registry.ts';
import type { LanguageModel } from '../models/languageModel.ts';
import type {
  CharacterStore,
  Clock,
  EventBus,
  FaultReporter,
  Ids,
  Pace,
  SessionLog,
  SessionStore,
} from '../ports.ts';
import type { SessionEvent } from './event.ts';
import { prepareFold } from './prepareFold.ts';
import { readLogAfter } from './readLog.ts';
import { replyFrom } from './receipts.ts';
import type { SessionHeader, SessionRecord } from './session.ts';
import type { CommandReply } from './sessionManager.ts';
import type { Snapshots } from './snapshots.ts';
import type { TurnMeter } from './turnMeter.ts';
import { foldEvents } from './state.ts';
import type { Fold, SessionState } from './state.ts';

/** Everything that the session core needs of the world. */
export interface SessionPorts {
  readonly log: SessionLog;
  readonly sessions: SessionStore;
  readonly characters: CharacterStore;
  readonly games: GameRegistry;
  readonly model: LanguageModel;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Of new sessions. Left out, a seed is as unguessable as an id. */
  readonly seeds?: Ids;
  readonly pace: Pace;
  readonly snapshots: Snapshots;
  readonly faults: FaultReporter;
  readonly meter: TurnMeter;
}

/** A session in memory: its present, and the replies it has given. Changed only by `commit`, one command at a time. */
export interface LiveSession {
  readonly header: SessionHeader;
  readonly entry: GameEntry;
  readonly fold: Fold;
  readonly replies: Map<string, CommandReply>;
  state: SessionState;
  /**
   * Set (epoch ms of its last event then) while it has only been read from its log: if its clock was running, nobody
   * was there to run it, and the time since does not count. `null` once it has been woken.
   */
  dormantSince: number | null;
  /** Another process drives it: this copy is for looking only, and is read anew before it is driven here. */
  elsewhere: boolean;
  /** An append has failed, so the log may say more than memory does: to be read again before the next use. */
  stale: boolean;
  /** The last snapshot: how far it goes, and when it was taken (epoch ms). */
  snapshotted: { readonly seq: number; readonly at: number };
  /** Cancels the turn in flight, if any. */
  turn: CancellationSource | null;
  /** Everyone has gone, and its clock is about to stop: until then no turn begins, and the one in flight stays open. */
  deserted: boolean;
  lastUsedAt: number;
}

/** One live session and the world it lives in. */
export interface SessionContext {
  readonly ports: SessionPorts;
  readonly live: LiveSession;
}

/** The whole log of a session, in order. */
export function readWholeLog(log: SessionLog, sessionId: string): Promise<readonly SessionEvent[]> {
  return readLogAfter(log, sessionId, 0);
}

/** Folds a session out of its header and log, or of a snapshot and the rest. Throws if its game or a character is not here. */
export async function loadSession(ports: SessionPorts, record: SessionRecord): Promise<LiveSession> {
  const { header, summary } = record;
  const { entry, fold } = await prepareFold(ports, header);
  const restored = await ports.snapshots.restore({ header, fold }, summary.lastSeq);
  const from: Fold = restored === null ? fold : { ...fold, start: restored.folded.state };
  const replies = new Map(restored?.folded.replies);
  const state = foldEvents(
    from,
    restored?.tail ?? (await readWholeLog(ports.log, header.sessionId)),
    (event, after) => {
      if (event.receipt !== null && event.commandId !== null) {
        replies.set(event.commandId, replyFrom(entry.game, after, event));
      }
    },
  );
  const live: LiveSession = {
    header,
    entry,
    fold,
    replies,
    state,
    dormantSince: state.lastAt,
    elsewhere: false,
    stale: false,
    snapshotted: { seq: restored?.folded.state.lastSeq ?? 0, at: 0 },
    turn: null,
    deserted: false,
    lastUsedAt: ports.clock.now(),
  };
  ports.snapshots.loaded(live);
  return live;
}
