import type { CurrentCharacter, EventBus, Persisted, SessionLog, SessionStore } from '../ports.ts';
import { markPersisted, SequenceConflict } from '../ports.ts';
import { createGameRegistry } from '../game/registry.ts';
import type { GameRegistry } from '../game/registry.ts';
import type { LanguageModel } from '../models/languageModel.ts';
import { createSessionManager } from '../session/createSessionManager.ts';
import type { SessionEvent } from '../session/event.ts';
import type { Signal } from '../session/frame.ts';
import type { SessionPorts } from '../session/liveSession.ts';
import type { SessionRecord } from '../session/session.ts';
import { NO_SNAPSHOTS } from '../session/snapshots.ts';
import type { SessionManager } from '../session/sessionManager.ts';
import { NO_TURN_METER } from '../session/turnMeter.ts';
import { cardDuel, cardDuelFile } from './cardDuel.ts';

/** What a test may do to the world that a session manager lives in. */
export interface TestWorld {
  readonly ports: SessionPorts;
  readonly events: Map<string, SessionEvent[]>;
  readonly published: Map<string, SessionEvent[]>;
  readonly signals: Signal[];
  readonly faults: unknown[];
  /** Epoch ms; tests move it by hand. */
  now: number;
  /** Called before each append; throw to make it fail, return 'lose-reply' to write and then fail. */
  beforeAppend: ((events: readonly SessionEvent[]) => void | 'lose-reply') | null;
  /** A fresh manager over the same stores, as after a restart. */
  restart(): SessionManager;
}

export interface TestWorldOptions {
  readonly games?: GameRegistry;
  readonly characters?: readonly CurrentCharacter[];
  readonly model?: LanguageModel;
}

const noModel: LanguageModel = {
  id: 'none',
  generate: () => Promise.reject(new Error('This test asks no model.')),
};

function listFor<T>(map: Map<string, T[]>, key: string): T[] {
  const known = map.get(key);
  if (known !== undefined) return known;
  const list: T[] = [];
  map.set(key, list);
  return list;
}

function memoryLog(world: Pick<TestWorld, 'events' | 'beforeAppend'>): SessionLog {
  const persisted = (event: SessionEvent): Persisted<SessionEvent> => markPersisted(structuredCloneOf(event));
  return {
    append: async (events) => {
      const outcome = world.beforeAppend?.(events);
      for (const event of events) {
        const log = listFor(world.events, event.sessionId);
        if (event.seq !== log.length + 1) throw new SequenceConflict(event.sessionId, event.seq);
        log.push(structuredCloneOf(event));
      }
      if (outcome === 'lose-reply') throw new Error('The connection broke before the reply.');
      return events.map(persisted);
    },
    read: async (sessionId, afterSeq, limit) =>
      listFor(world.events, sessionId)
        .filter((event) => event.seq > afterSeq)
        .slice(0, limit)
        .map(persisted),
  };
}

/** What a store does to a value: nothing but JSON survives. */
function structuredCloneOf(event: SessionEvent): SessionEvent {
  return JSON.parse(JSON.stringify(event));
}

function memorySessions(): SessionStore {
  const records = new Map<string, SessionRecord>();
  return {
    create: async (header, summary) => {
      const known = [...records.values()].find(
        (record) => record.header.ownerId === header.ownerId && record.header.commandId === header.commandId,
      );
      const record = known ?? { header, summary };
      records.set(record.header.sessionId, record);
      return record;
    },
    get: async (sessionId) => records.get(sessionId) ?? null,
    saveSummaries: async (changes) => {
      for (const { sessionId, summary } of changes) {
        const record = records.get(sessionId);
        if (record !== undefined && summary.lastSeq >= record.summary.lastSeq) {
          records.set(sessionId, { ...record, summary });
        }
      }
    },
    listByPlayer: async (playerId, page) =>
      [...records.values()]
        .filter((record) => record.summary.playerIds.includes(playerId))
        .toSorted((a, b) => b.summary.lastActiveAt - a.summary.lastActiveAt)
        .slice(0, page.limit),
  };
}

/** A world in memory with a hand-moved clock. Its only game, unless others are given, is Card Duel. */
export function createTestWorld(options: TestWorldOptions = {}): TestWorld {
  let nextId = 0;
  const state = {
    events: new Map<string, SessionEvent[]>(),
    published: new Map<string, SessionEvent[]>(),
    signals: [] as Signal[],
    faults: [] as unknown[],
    now: 1_800_000_000_000,
    beforeAppend: null as TestWorld['beforeAppend'],
  };
  const characters = options.characters ?? [];
  const bus: EventBus = {
    publish: (sessionId, events) => void listFor(state.published, sessionId).push(...events),
    signal: (_sessionId, signal) => void state.signals.push(signal),
  };
  const ports: SessionPorts = {
    log: memoryLog(state),
    sessions: memorySessions(),
    characters: {
      current: async () => characters,
      find: async (member) => characters.find((known) => known.revision === member.revision)?.sheet ?? null,
    },
    games: options.games ?? createGameRegistry([cardDuel], [cardDuelFile]),
    model: options.model ?? noModel,
    bus,
    clock: { now: () => state.now },
    pace: { next: async () => undefined },
    snapshots: NO_SNAPSHOTS,
    ids: { next: () => `id-${++nextId}` },
    faults: { report: (fault) => void state.faults.push(fault) },
    meter: NO_TURN_METER,
  };
  return Object.assign(state, { ports, restart: () => createSessionManager(ports) });
}
