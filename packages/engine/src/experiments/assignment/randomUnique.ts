import type { Candidate } from '../event.ts';
import { kept } from './past.ts';
import { mayBeOffered, offered, placesOf } from './pool.ts';
import { pythonRandom } from './pythonRandom.ts';
import type { AssignmentStrategy, PoolGame, StrategyInput } from './strategy.ts';

/*
 * All games are shuffled and those that are not offered are left out afterwards, and not the other way round: so the
 * order of a participant depends on the seed and on them alone, and not on who else has filled what in the meantime.
 */
function unplayedInRandomOrder({ games, seed, participantId, history }: StrategyInput): readonly PoolGame[] {
  const played = new Set(kept(history).map(({ game }) => game));
  return pythonRandom(`${seed}:${participantId}:game`)
    .shuffle(games)
    .filter(({ game }) => !played.has(game));
}

/** The drawn item first, the others behind it in their order. */
const withFirst = <T>(items: readonly T[], first: T): readonly T[] => [
  first,
  ...items.filter((item) => item !== first),
];

/** One place for each character that may be played in the game, the drawn one first; whom they meet is drawn for each. */
function* drawnPlaces(input: StrategyInput, { game, drawnAs, pcs, npcs }: PoolGame): Iterable<Candidate> {
  const stream = `${input.seed}:${input.participantId}`;
  const drawnPc = pythonRandom(`${stream}:pc:${drawnAs}`).choice(pcs);
  if (drawnPc === undefined) return;
  const order = pythonRandom(`${stream}:npc:${drawnAs}`).shuffle(npcs);
  for (const pc of withFirst(pcs, drawnPc)) {
    const met = order.find((npc) => mayBeOffered(input, { game, pc, npc }));
    if (met !== undefined) yield { game, pc, npc: met };
  }
}

/** All places of a game in an order that is drawn. */
const shuffledPlaces = (input: StrategyInput, game: PoolGame): Iterable<Candidate> =>
  pythonRandom(`${input.seed}:${input.participantId}:combo:${game.drawnAs}`).shuffle(placesOf(game));

/** Each game once, in random order, as a random character. */
export const randomUnique: AssignmentStrategy = function* (input) {
  for (const game of unplayedInRandomOrder(input)) yield* drawnPlaces(input, game);
};

/** Each game once, in random order, and in each game all its places in random order. */
export const randomUniqueGame: AssignmentStrategy = function* (input) {
  for (const game of unplayedInRandomOrder(input)) yield* offered(input, shuffledPlaces(input, game));
};
