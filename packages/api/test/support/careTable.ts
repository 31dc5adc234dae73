import { createGameRegistry, createSessionManager, createSnapshots, NO_TURN_METER } from '@dcs/engine';
import type {
  EventBus,
  Game,
  SessionEvent,
  SessionManager,
  SnapshotPolicy,
  Snapshots,
  SnapshotStore,
} from '@dcs/engine';
import { cardDuel, cardDuelFile } from '@dcs/engine/testing';
import { createArchiver } from '../../src/services/archiver.ts';
import type { Archiver } from '../../src/services/archiver.ts';
import { createCaretaker } from '../../src/services/caretaker.ts';
import type { Caretaker } from '../../src/services/caretaker.ts';
import { createMemorySnapshotStore } from '../../src/store/memory/snapshotStore.ts';
import { createMemoryStores } from '../../src/store/memory/stores.ts';
import type { Stores } from '../../src/store/ports.ts';

/** One process that plays, over stores that outlive it. */
export interface CareNode {
  readonly manager: SessionManager;
  readonly snapshots: Snapshots;
  readonly archiver: Archiver;
  readonly caretaker: Caretaker;
}

export interface CareNodeOptions {
  readonly policy?: Partial<SnapshotPolicy>;
  readonly abandonAfterMs?: number;
  /** The stores as this process sees them. */
  readonly stores?: Stores;
  /** Hears what this process publishes. */
  readonly onPublished?: EventBus['publish'];
}

/** What processes share, and a clock that a test moves by hand. Card Duel is played, between Ann and Ben. */
export interface CareTable {
  readonly stores: Stores;
  /** Stands in for what is quick and forgets. */
  readonly cache: SnapshotStore;
  /** Epoch ms. */
  now: number;
  readonly faults: unknown[];
  /** Everything that was published, in order. */
  readonly published: SessionEvent[];
  start(options?: CareNodeOptions): CareNode;
  /** A session with both seats taken, opened. */
  deal(node: CareNode, commandId?: string): Promise<string>;
  /** Plays the first card of whoever is to play. */
  play(node: CareNode, sessionId: string, commandId: string): Promise<boolean>;
  /** Plays to the end. */
  finish(node: CareNode, sessionId: string): Promise<void>;
  log(sessionId: string): Promise<readonly SessionEvent[]>;
}

export interface CareTableOptions {
  readonly stores?: Stores;
  readonly game?: Game;
  /** What ids begin with, and with it what chance brings. Another one each time unless told. */
  readonly idPrefix?: string;
}

const DAY_MS = 86_400_000;

export function careTable({
  stores = createMemoryStores(),
  game = cardDuel,
  idPrefix = Math.random().toString(36).slice(2),
}: CareTableOptions = {}): CareTable {
  const cache = createMemorySnapshotStore();
  const games = createGameRegistry([game], [cardDuelFile]);
  let ids = 0;

  function start(options: CareNodeOptions = {}): CareNode {
    const { policy = {}, abandonAfterMs = 30 * DAY_MS, onPublished = () => undefined } = options;
    const clock = { now: () => table.now };
    const faults = { report: (fault: unknown) => void table.faults.push(fault) };
    const pace = { next: () => Promise.resolve() };
    const { log, sessions, characters, history, snapshots: slow } = options.stores ?? stores;
    const snapshots = createSnapshots({
      stores: [cache, slow],
      policy: { name: 'turnBoundary', events: 1, ms: 0, ...policy },
      log,
      clock,
      pace,
      faults,
      meter: { snapshot: () => undefined },
    });
    const manager = createSessionManager({
      log,
      sessions,
      characters,
      games,
      model: { id: 'none', generate: () => Promise.reject(new Error('No model is asked here.')) },
      bus: {
        publish: (sessionId, events) => {
          table.published.push(...events);
          onPublished(sessionId, events);
        },
        signal: () => undefined,
      },
      clock,
      ids: { next: () => `${idPrefix}-${++ids}` },
      pace,
      snapshots,
      faults,
      meter: NO_TURN_METER,
    });
    const onFault = (fault: unknown): void => void table.faults.push(fault);
    const archiver = createArchiver({
      manager,
      sessions,
      history,
      snapshots,
      clock,
      engineVersion: '1.2.3',
      onFault,
    });
    const caretaker = createCaretaker({ manager, sessions, archiver, clock, abandonAfterMs, onFault });
    return { manager, snapshots, archiver, caretaker };
  }

  async function deal({ manager }: CareNode, commandId = 'create'): Promise<string> {
    const created = await manager.create({ game: game.name, ownerId: 'ann', commandId, source: 'test' });
    if (!created.ok) throw new Error(created.message);
    const { sessionId } = created.record.header;
    await manager.takeSeat({ sessionId, playerId: 'ben', commandId: 'sit', seat: 'away' });
    await manager.open(sessionId);
    return sessionId;
  }

  async function play({ manager }: CareNode, sessionId: string, commandId: string): Promise<boolean> {
    const view = (await manager.present(sessionId))?.view({ seat: null, seesAll: true });
    const { toPlay, card } = nextPlay(view);
    const playerId = toPlay === 'home' ? 'ann' : 'ben';
    const action = { type: 'play', card };
    return (await manager.act({ sessionId, playerId, commandId, input: { action } })).ok;
  }

  const table: CareTable = {
    stores,
    cache,
    now: 1_800_000_000_000,
    faults: [],
    published: [],
    start,
    deal,
    play,
    finish: async (node, sessionId) => {
      for (let turn = 0; await play(node, sessionId, `to the end ${turn}`); turn += 1);
    },
    log: (sessionId) => stores.log.read(sessionId, 0, 10_000),
  };
  return table;
}

/** Who is to play, and the first card of their hand; as an admin sees it. */
function nextPlay(view: unknown): { readonly toPlay: string; readonly card: number } {
  const { toPlay, hands } = cardDuelView(view);
  return { toPlay, card: hands[toPlay]?.[0] ?? 0 };
}

function cardDuelView(view: unknown): { toPlay: string; hands: Record<string, number[]> } {
  if (typeof view !== 'object' || view === null || !('toPlay' in view) || !('hands' in view)) {
    throw new Error('This is no view of a Card Duel.');
  }
  return JSON.parse(JSON.stringify(view));
}
