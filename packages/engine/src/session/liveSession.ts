import type { CharacterSheet } from '../characters/character.schema.ts';
import type { GameEntry, GameRegistry } from '../game/registry.ts';
import type { LanguageModel } from '../models/languageModel.ts';
import type {
  CancellationSource,
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
import { replyFrom } from './receipts.ts';
import type { SeatName } from './seat.ts';
import type { SessionHeader, SessionRecord } from './session.ts';
import type { CommandReply } from './sessionManager.ts';
import { foldEvents, initialState } from './state.ts';
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
  readonly pace: Pace;
  readonly faults: FaultReporter;
  readonly newCancellation: () => CancellationSource;
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
  /** Cancels the turn in flight, if any. */
  turn: CancellationSource | null;
  lastUsedAt: number;
}

/** One live session and the world it lives in. */
export interface SessionContext {
  readonly ports: SessionPorts;
  readonly live: LiveSession;
}

const LOG_PAGE = 500;

/** The whole log of a session, in order. */
export async function readWholeLog(log: SessionLog, sessionId: string): Promise<readonly SessionEvent[]> {
  const events: SessionEvent[] = [];
  for (;;) {
    const page = await log.read(sessionId, events.at(-1)?.seq ?? 0, LOG_PAGE);
    events.push(...page);
    if (page.length < LOG_PAGE) return events;
  }
}

async function findSheets(
  ports: SessionPorts,
  header: SessionHeader,
): Promise<Record<SeatName, CharacterSheet>> {
  const sheets: Record<SeatName, CharacterSheet> = {};
  for (const [seat, member] of Object.entries(header.cast)) {
    const sheet = await ports.characters.find(member);
    if (sheet === null) throw new Error(`Character ${member.hid} in revision ${member.revision} is missing.`);
    sheets[seat] = sheet;
  }
  return sheets;
}

/** Folds a session out of its header and log. Throws if its game or one of its characters is not here. */
export async function loadSession(ports: SessionPorts, record: SessionRecord): Promise<LiveSession> {
  const { header } = record;
  const entry = ports.games.find(header.game);
  if (entry === null) throw new Error(`Game ${header.game} is not installed on this server.`);
  const characters = await findSheets(ports, header);
  const config = entry.game.configSchema.parse(header.config);
  const fold: Fold = {
    game: entry.game,
    start: initialState(header, entry.game.init({ config, characters })),
  };
  const replies = new Map<string, CommandReply>();
  const state = foldEvents(fold, await readWholeLog(ports.log, header.sessionId), (event, after) => {
    if (event.receipt !== null && event.commandId !== null) {
      replies.set(event.commandId, replyFrom(entry.game, after, event));
    }
  });
  return {
    header,
    entry,
    fold,
    replies,
    state,
    dormantSince: state.lastAt,
    elsewhere: false,
    stale: false,
    turn: null,
    lastUsedAt: ports.clock.now(),
  };
}
