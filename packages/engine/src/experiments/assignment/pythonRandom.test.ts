import { describe, expect, it } from 'vitest';
import { pythonRandom } from './pythonRandom.ts';

/* Golden values were made with CPython: random.Random(text), its _randbelow, shuffle and choice. */

const TITLES = ['Explore', 'Infer Intent', 'Foresight', 'Goal Horizon', 'Teamwork'];

describe('randomness as in Python', () => {
  it.each([
    ['42:p1:game', [985, 75, 420, 702, 410, 741]],
    ['', [983, 465, 609, 211, 397, 885]],
    ['päron 🍐', [779, 699, 571, 337, 769, 955]],
  ])('draws from the seed %j what Python draws from it', (seed, drawn) => {
    const random = pythonRandom(seed);
    expect(drawn.map(() => random.below(1000))).toEqual(drawn);
  });

  it.each([
    ['42:p1:game', 'ceahgfdb e x g'],
    ['', 'cagfdbeh f x a'],
    ['päron 🍐', 'haecdbgf b x g'],
  ])('shuffles and chooses with the seed %j as Python does', (seed, expected) => {
    const random = pythonRandom(seed);
    const shuffled = random.shuffle([...'abcdefgh']).join('');
    const chosen = ['abcdefgh', 'x', 'abcdefgh'].map((items) => random.choice([...items]));
    expect([shuffled, ...chosen].join(' ')).toBe(expected);
  });

  it('goes on as Python does when its state has been used up, over the whole range', () => {
    const random = pythonRandom('long');
    const drawn = Array.from({ length: 2000 }, () => random.below(2 ** 31));
    expect([...drawn.slice(623, 627), drawn[1999]]).toEqual([
      963793964, 1009243640, 1969826557, 2033313220, 970367927,
    ]);
  });

  it.each([
    ['p1', ['Teamwork', 'Infer Intent', 'Foresight', 'Goal Horizon', 'Explore']],
    ['p2', ['Teamwork', 'Goal Horizon', 'Explore', 'Foresight', 'Infer Intent']],
    ['000000000000000000000001', ['Foresight', 'Infer Intent', 'Goal Horizon', 'Teamwork', 'Explore']],
  ])('puts games into the order that studies elsewhere have for the player %s', (player, order) => {
    expect(pythonRandom(`42:${player}:game`).shuffle(TITLES)).toEqual(order);
  });

  it('chooses nothing of nothing, and leaves what it shuffles as it was', () => {
    const items = Object.freeze(['a', 'b', 'c']);
    expect(pythonRandom('x').choice([])).toBeUndefined();
    expect(pythonRandom('x').shuffle(items).toSorted()).toEqual(items);
    expect(pythonRandom('x').shuffle([])).toEqual([]);
  });
});
