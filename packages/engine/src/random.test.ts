import { describe, expect, it } from 'vitest';
import { randomStream } from './random.ts';

function draws(name: string): number[] {
  const stream = randomStream(name);
  return Array.from({ length: 8 }, () => stream.integer(1, 1000));
}

describe('a random stream', () => {
  it('gives the draws it has always given, since recordings depend on them', () => {
    expect(draws('seed/1/die')).toMatchInlineSnapshot(`
      [
        496,
        29,
        413,
        638,
        937,
        707,
        386,
        838,
      ]
    `);
  });

  it('depends on every character of its name', () => {
    const first = (name: string) => randomStream(name).integer(0, 2 ** 31 - 1);
    expect(new Set(['a', 'b', 'ab', 'ba', 'a/1', 'a/2', ''].map(first)).size).toBe(7);
  });

  it('shuffles without losing or doubling anything', () => {
    const cards = Array.from({ length: 52 }, (_, index) => index);
    const shuffled = randomStream('deck').shuffle(cards);
    expect(shuffled).not.toEqual(cards);
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(cards);
  });

  it('is close to even over many draws', () => {
    const die = randomStream('fair');
    const rolls = Array.from({ length: 60_000 }, () => die.integer(1, 6));
    for (const side of [1, 2, 3, 4, 5, 6]) {
      expect(Math.abs(rolls.filter((roll) => roll === side).length - 10_000)).toBeLessThan(500);
    }
  });

  it('picks nothing out of nothing', () => {
    expect(randomStream('x').pick([])).toBeUndefined();
  });
});
