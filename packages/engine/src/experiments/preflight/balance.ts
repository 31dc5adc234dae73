import type { ExperimentPlan } from '../assignment/plan.ts';
import { placesOf } from '../assignment/pool.ts';
import type { PoolGame } from '../assignment/strategy.ts';
import type { Candidate } from '../event.ts';
import type { Assignment } from '../state.ts';
import { characterName } from './characterName.ts';
import { chanceOf } from './chiSquare.ts';

export const BALANCES = ['games', 'playerCharacters', 'simulatedCharacters', 'combinations'] as const;
export type BalanceId = (typeof BALANCES)[number];

export interface BalanceCell {
  readonly name: string;
  /** What to call it where people read it. */
  readonly label: string;
  /** Completed assignments. */
  readonly count: number;
  /** How many there would be if all were equal wherever they may occur. */
  readonly expected: number;
}

/** How evenly completed assignments are spread over something. */
export interface Balance {
  readonly id: BalanceId;
  readonly cells: readonly BalanceCell[];
  readonly least: number;
  readonly most: number;
  readonly chiSquare: number;
  /** How probable so much unevenness is if chance alone decides, from 0 to 1. */
  readonly chance: number;
  /** `sparse`: too few assignments for the number of cells to say anything. */
  readonly verdict: 'even' | 'uneven' | 'sparse';
}

type KeyOf = (candidate: Candidate) => string | null;

const partsOf = ({ game, pc, npc }: Candidate): readonly string[] =>
  [game, pc, npc].filter((part) => part !== null);

const KEYS: Readonly<Record<BalanceId, KeyOf>> = {
  games: ({ game }) => game,
  playerCharacters: ({ pc }) => pc,
  simulatedCharacters: ({ npc }) => npc,
  combinations: (candidate) => partsOf(candidate).join(' '),
};

/** Below this a chi-square means nothing. */
const FEWEST_EXPECTED = 5;
const IMPROBABLE = 0.01;
/** Whatever its probability, a smaller difference does no harm. */
const HARMLESS_RATIO = 1.5;

function verdictOf(cells: readonly BalanceCell[], chance: number): Balance['verdict'] {
  const mean = cells.reduce((sum, { expected }) => sum + expected, 0) / cells.length;
  if (mean < FEWEST_EXPECTED) return 'sparse';
  const shares = cells.map(({ count, expected }) => (expected === 0 ? 1 : count / expected));
  const isHarmless = Math.max(...shares) <= HARMLESS_RATIO * Math.min(...shares);
  return chance < IMPROBABLE && !isHarmless ? 'uneven' : 'even';
}

interface Counted {
  readonly expected: ReadonlyMap<string, number>;
  readonly counts: ReadonlyMap<string, number>;
  readonly labels: ReadonlyMap<string, string>;
}

function balanceOf(id: BalanceId, { expected, counts, labels }: Counted): Balance {
  const cells = [...expected].map(([name, of]) => ({
    name,
    label: labels.get(name) ?? name,
    count: counts.get(name) ?? 0,
    expected: of,
  }));
  const chiSquare = cells.reduce(
    (sum, { count, expected: of }) => (of === 0 ? sum : sum + (count - of) ** 2 / of),
    0,
  );
  const chance = chanceOf(chiSquare, cells.length - 1);
  const numbers = cells.map(({ count }) => count);
  return {
    id,
    cells,
    least: Math.min(...numbers),
    most: Math.max(...numbers),
    chiSquare,
    chance,
    verdict: verdictOf(cells, chance),
  };
}

function countBy(keyOf: KeyOf, candidates: readonly Candidate[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const candidate of candidates) {
    const key = keyOf(candidate);
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** What the cells are called of which everything consists. */
function labelsOf(
  places: readonly Candidate[],
  { keyOf, labelOf }: { readonly keyOf: KeyOf; readonly labelOf: KeyOf },
): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const place of places) {
    const key = keyOf(place);
    if (key !== null && !labels.has(key)) labels.set(key, labelOf(place) ?? key);
  }
  return labels;
}

/** The balance of everything of which there is more than one. */
export function balancesOf(plan: ExperimentPlan, assignments: Iterable<Assignment>): readonly Balance[] {
  const { games, config } = plan;
  const nameOf = (hid: string | null): string | null => (hid === null ? null : characterName(plan, hid));
  const completed = [...assignments].filter(({ status }) => status === 'completed');
  const { sameCharacter } = config.assignment;
  const places = games.map((game) => allowedPlaces(game, sameCharacter));
  const total = completed.length / games.length;
  return BALANCES.flatMap((id) => {
    const keyOf = KEYS[id];
    const expected = new Map<string, number>();
    for (const [index, game] of games.entries()) {
      // What a game got is spread over its own cast: that one game is played more often makes no character uneven.
      const inGame = id === 'games' ? total : completed.filter((one) => one.game === game.game).length;
      const cells = countBy(
        keyOf,
        id === 'games' ? [{ game: game.game, pc: null, npc: null }] : (places[index] ?? []),
      );
      const all = [...cells.values()].reduce((sum, count) => sum + count, 0);
      for (const [key, count] of cells) expected.set(key, (expected.get(key) ?? 0) + (inGame * count) / all);
    }
    if (expected.size < 2) return [];
    const labelOf: KeyOf = ({ game, pc, npc }) => {
      const named = { game, pc: nameOf(pc), npc: nameOf(npc) };
      return id === 'combinations' ? partsOf(named).join(', ') : keyOf(named);
    };
    const labels = labelsOf(places.flat(), { keyOf, labelOf });
    return [balanceOf(id, { expected, counts: countBy(keyOf, completed), labels })];
  });
}

const allowedPlaces = (game: PoolGame, sameCharacter: boolean): readonly Candidate[] =>
  placesOf(game).filter(({ pc, npc }) => sameCharacter || pc === null || pc !== npc);
