import type { Assignment } from '../state.ts';
import { QUOTA_KEYS, QUOTA_KINDS } from './quotaKind.ts';
import type { QuotaKind } from './quotaKind.ts';

/**
 * What quotas and strategies go by, counted while a log is folded: it is asked for at every step of everybody, and there
 * are thousands of assignments.
 */
export interface PlaceCounts {
  /** Participants with a place, each once, by what they are counted for. */
  readonly holders: Readonly<Record<QuotaKind, ReadonlyMap<string, number>>>;
  /** Assignments of everybody that are in progress or completed. */
  readonly played: EncounterCounts;
  /** Those that were given and not begun, as long as they hold a place. */
  readonly waiting: EncounterCounts;
}

/** By game and simulated character. */
type EncounterCounts = ReadonlyMap<string, ReadonlyMap<string | null, number>>;
type WorkingEncounterCounts = Map<string, Map<string | null, number>>;

/** The same for whoever folds. */
export interface WorkingPlaceCounts extends PlaceCounts {
  readonly holders: Readonly<Record<QuotaKind, Map<string, number>>>;
  readonly played: WorkingEncounterCounts;
  readonly waiting: WorkingEncounterCounts;
}

export const newPlaceCounts = (): WorkingPlaceCounts => ({
  holders: {
    participants: new Map(),
    perGame: new Map(),
    perCharacter: new Map(),
    perCombination: new Map(),
  },
  played: new Map(),
  waiting: new Map(),
});

const copyEncounters = (counts: EncounterCounts): WorkingEncounterCounts =>
  new Map([...counts].map(([game, ofGame]) => [game, new Map(ofGame)]));

export const copyPlaceCounts = ({ holders, played, waiting }: PlaceCounts): WorkingPlaceCounts => ({
  holders: {
    participants: new Map(holders.participants),
    perGame: new Map(holders.perGame),
    perCharacter: new Map(holders.perCharacter),
    perCombination: new Map(holders.perCombination),
  },
  played: copyEncounters(played),
  waiting: copyEncounters(waiting),
});

export const timesPlayed = ({ played }: PlaceCounts, game: string, npc: string | null): number =>
  played.get(game)?.get(npc) ?? 0;

export const timesWaiting = ({ waiting }: PlaceCounts, game: string, npc: string | null): number =>
  waiting.get(game)?.get(npc) ?? 0;

/** An assignment as it becomes. */
export interface PlaceChange {
  /** `undefined` of a new one. */
  readonly before: Assignment | undefined;
  readonly after: Assignment;
  /** All others of the same participant. */
  readonly others: readonly Assignment[];
}

const isPlayed = (assignment: Assignment | undefined): boolean =>
  assignment?.status === 'in_progress' || assignment?.status === 'completed';

const isWaiting = (assignment: Assignment | undefined): boolean =>
  assignment?.status === 'assigned' && assignment.holdsPlace;

function add<Key>(counts: Map<Key, number>, key: Key, difference: number): void {
  counts.set(key, (counts.get(key) ?? 0) + difference);
}

function addEncounter(
  counts: WorkingEncounterCounts,
  { game, npc }: Pick<Assignment, 'game' | 'npc'>,
  difference: number,
): void {
  if (difference === 0) return;
  const ofGame = counts.get(game) ?? new Map<string | null, number>();
  counts.set(game, ofGame);
  add(ofGame, npc, difference);
}

export function countChange(
  { holders, played, waiting }: WorkingPlaceCounts,
  { before, after, others }: PlaceChange,
): void {
  addEncounter(played, after, Number(isPlayed(after)) - Number(isPlayed(before)));
  addEncounter(waiting, after, Number(isWaiting(after)) - Number(isWaiting(before)));
  if ((before?.holdsPlace ?? false) === after.holdsPlace) return;
  const held = others.filter(({ holdsPlace }) => holdsPlace);
  for (const kind of QUOTA_KINDS) {
    const keyOf = QUOTA_KEYS[kind];
    const key = keyOf(after);
    // Whoever has another place that counts for the same is neither new there nor gone.
    if (key === null || held.some((other) => keyOf(other) === key)) continue;
    add(holders[kind], key, after.holdsPlace ? 1 : -1);
  }
}
