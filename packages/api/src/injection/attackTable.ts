import { createSessionManager, NO_SNAPSHOTS, NO_TURN_METER } from '@dcs/engine';
import type {
  CharacterSheet,
  CurrentCharacter,
  GameRegistry,
  LanguageModel,
  SessionEvent,
  SessionManager,
  Signal,
} from '@dcs/engine';
import { createMemoryStores } from '../store/memory/stores.ts';

/** What sessions are played with that attacks are tried in. */
export interface AttackWorld {
  readonly games: GameRegistry;
  readonly characters: readonly CurrentCharacter[];
  readonly model: LanguageModel;
}

/** Who meets whom in which game. */
export interface Seating {
  readonly game: string;
  readonly pc: CharacterSheet;
  readonly npc: CharacterSheet;
}

/** A table for one session that nobody else can see, and everything that happens at it. */
export interface AttackTable {
  readonly manager: SessionManager;
  /** All events that were recorded, in order. */
  readonly events: readonly SessionEvent[];
  readonly signals: readonly Signal[];
  /** What failed in the program itself. */
  readonly faults: readonly unknown[];
}

/** The time stands still, so that no slow model ends a session. Epoch ms. */
const NOW = 1_800_000_000_000;

/** `label` tells the session from others; ids are numbered, so that under the same label it is the same session again. */
export function openTable(label: string, { games, characters, model }: AttackWorld): AttackTable {
  const { log, sessions } = createMemoryStores();
  const events: SessionEvent[] = [];
  const signals: Signal[] = [];
  const faults: unknown[] = [];
  let lastId = 0;
  const manager = createSessionManager({
    log,
    sessions,
    characters: {
      current: () => Promise.resolve(characters),
      find: ({ revision }) =>
        Promise.resolve(characters.find((known) => known.revision === revision)?.sheet ?? null),
    },
    games,
    model,
    bus: {
      publish: (_sessionId, recorded) => void events.push(...recorded),
      signal: (_sessionId, signal) => void signals.push(signal),
    },
    clock: { now: () => NOW },
    ids: { next: () => `${label}/${(lastId += 1)}` },
    pace: { next: () => Promise.resolve() },
    snapshots: NO_SNAPSHOTS,
    faults: { report: (fault) => void faults.push(fault) },
    meter: NO_TURN_METER,
  });
  return { manager, events, signals, faults };
}
