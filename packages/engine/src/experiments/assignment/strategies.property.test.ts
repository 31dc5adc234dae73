import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placesIn, strategyInput } from '../../testing/strategyTable.ts';
import type { Candidate } from '../event.ts';
import { ASSIGNMENT_STATUSES } from '../state.ts';
import { ASSIGNMENT_STRATEGIES_BY_NAME as strategies } from './strategies.ts';
import { ASSIGNMENT_STRATEGIES } from './strategyName.ts';
import type { AssignmentStrategyName } from './strategyName.ts';
import type { StrategyInput } from './strategy.ts';

const HANDLES = ['ANT', 'BEE', 'CAT', 'DOG'];
const GAMES = ['explore', 'foresight', 'teamwork'];

const handle = fc.constantFrom(...HANDLES);
const cast = fc.shuffledSubarray(HANDLES);
/** A number from 0 to 3 for each key, the same whenever it is asked. */
const numbers = fc.infiniteStream(fc.nat(3)).map((stream) => {
  const known = new Map<string, number>();
  return (...key: readonly (string | null)[]): number => {
    const name = key.join(' ');
    const value = known.get(name) ?? stream.next().value ?? 0;
    known.set(name, value);
    return value;
  };
});

const situation: fc.Arbitrary<StrategyInput> = fc
  .record({
    participantId: fc.constantFrom('p1', 'p2', 'p3'),
    seed: fc.constantFrom('42', 'pilot'),
    games: fc
      .shuffledSubarray(GAMES)
      .chain((games) =>
        fc.tuple(
          ...games.map((game) =>
            fc.record({ game: fc.constant(game), drawnAs: fc.constant(game), pcs: cast, npcs: cast }),
          ),
        ),
      ),
    full: fc.subarray(GAMES).map((games) => new Set(games)),
    sameCharacter: fc.boolean(),
    history: fc.array(
      fc.record({
        game: fc.constantFrom(...GAMES),
        pc: handle,
        npc: handle,
        status: fc.constantFrom(...ASSIGNMENT_STATUSES),
      }),
      { maxLength: 6 },
    ),
    timesPlayed: numbers,
    timesWaiting: numbers,
    divergence: numbers,
    closed: fc.array(fc.tuple(fc.constantFrom(...GAMES), handle, handle).map((place) => place.join(' '))),
    known: fc.subarray(HANDLES),
  })
  .map(({ closed, known, ...parts }) =>
    strategyInput({
      ...parts,
      isOpen: (candidate) => !closed.includes(placesIn([candidate])[0] ?? ''),
      matchesExpertise: (npc) => npc !== null && known.includes(npc),
    }),
  );

/** What may be offered, spelled out. */
function allowed(input: StrategyInput): readonly Candidate[] {
  const places: Candidate[] = [];
  for (const { game, pcs, npcs } of input.games) {
    if (input.full.has(game)) continue;
    for (const pc of pcs) {
      for (const npc of npcs) {
        if (pc === npc && !input.sameCharacter) continue;
        if (input.isOpen({ game, pc, npc })) places.push({ game, pc, npc });
      }
    }
  }
  return places;
}

type Rank = readonly (number | string)[];

function sortedBy<T>(items: readonly T[], rankOf: (item: T) => Rank): readonly T[] {
  return items.toSorted((left, right) => {
    const [a, b] = [rankOf(left), rankOf(right)];
    for (const [index, value] of a.entries()) {
      const other = b[index];
      if (other === undefined || value === other) continue;
      return value < other ? -1 : 1;
    }
    return 0;
  });
}

/** All places of the encounter that ranks first; nothing when there is none. */
function bestEncounter(
  input: StrategyInput,
  rankOf: (place: Candidate) => Rank,
  isLeft: (place: Candidate) => boolean = () => true,
): readonly Candidate[] {
  const places = allowed(input);
  const [best] = sortedBy(places.filter(isLeft), rankOf);
  return places.filter(({ game, npc }) => best !== undefined && game === best.game && npc === best.npc);
}

const indexOf = (input: StrategyInput, { game }: Candidate): number =>
  input.games.findIndex((one) => one.game === game);
const handleRank = (input: StrategyInput, place: Candidate): Rank => [
  indexOf(input, place),
  place.pc ?? '',
  place.npc ?? '',
];
const met = (input: StrategyInput, { game, npc }: Candidate): boolean =>
  input.history.some((past) => past.status === 'completed' && past.game === game && past.npc === npc);
const knows = (input: StrategyInput, { npc }: Candidate): number => (input.matchesExpertise(npc) ? 0 : 1);
const leastPlayed = (input: StrategyInput): readonly Candidate[] =>
  bestEncounter(input, (place) => [
    input.timesPlayed(place.game, place.npc),
    input.timesWaiting(place.game, place.npc),
    indexOf(input, place),
    place.npc ?? '',
  ]);

/** The rules once more, each as it would be told. */
const TOLD: Partial<Record<AssignmentStrategyName, (input: StrategyInput) => readonly Candidate[]>> = {
  'full-character-access': allowed,
  'unplayed-combination-choice': (input) =>
    sortedBy(allowed(input), (place) => [
      input.history.filter(
        ({ status, game, pc, npc }) =>
          status === 'completed' && game === place.game && pc === place.pc && npc === place.npc,
      ).length,
      ...handleRank(input, place),
    ]),
  'next-incomplete-combination': (input) =>
    bestEncounter(
      input,
      (place) => [indexOf(input, place), place.npc ?? ''],
      (place) => !met(input, place),
    ),
  'least-played-combination-next': leastPlayed,
  'progressive-divergence-assignment': (input) => {
    const last = input.history.findLast(({ status }) => status === 'completed');
    if (last === undefined) return leastPlayed(input);
    const best = bestEncounter(input, (place) => [
      -input.divergence(last.npc, place.npc),
      input.timesPlayed(place.game, place.npc),
      input.timesWaiting(place.game, place.npc),
      indexOf(input, place),
      place.npc ?? '',
    ]);
    return sortedBy(best, (place) => [place.pc ?? '']);
  },
  'max-contrast-pairing': (input) =>
    sortedBy(allowed(input), (place) => [
      -input.divergence(place.pc, place.npc),
      ...handleRank(input, place),
    ]),
  'expertise-matched-character-choice': (input) =>
    sortedBy(allowed(input), (place) => [knows(input, place), ...handleRank(input, place)]),
  'expertise-matched-character-next': (input) =>
    bestEncounter(
      input,
      (place) => [knows(input, place), indexOf(input, place), place.npc ?? ''],
      (place) => !met(input, place),
    ),
};

describe.each(ASSIGNMENT_STRATEGIES)('%s', (name) => {
  const strategy = strategies[name];

  it('offers only what may be offered, and nothing twice', () => {
    fc.assert(
      fc.property(situation, (input) => {
        const places = placesIn(strategy(input));
        const may = new Set(placesIn(allowed(input)));
        expect(places.filter((place) => !may.has(place))).toEqual([]);
        expect(new Set(places).size).toBe(places.length);
      }),
    );
  });

  it('gives the same order for the same participant and seed, whatever was asked in between', () => {
    fc.assert(
      fc.property(situation, situation, (input, other) => {
        const before = [...strategy(input)];
        placesIn(strategy(other));
        expect([...strategy(input)]).toEqual(before);
      }),
    );
  });

  it('never comes to its end while a first-time participant could play something', () => {
    fc.assert(
      fc.property(situation, (input) => {
        const fresh = { ...input, history: [] };
        expect(placesIn(strategy(fresh)).length > 0).toBe(allowed(fresh).length > 0);
      }),
    );
  });
});

describe.each(Object.entries(TOLD))('the order of %s', (name, told) => {
  it('is the one that its rule tells', () => {
    fc.assert(
      fc.property(situation, (input) => {
        const strategy = strategies[name as AssignmentStrategyName];
        expect(placesIn(strategy(input))).toEqual(placesIn(told(input)));
      }),
      { numRuns: 300 },
    );
  });
});
