import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/**
 * A named stream of numbers. Two streams of one session never share draws, so that a new use of chance
 * cannot shift an old one. Recordings depend on the algorithm: golden values in the tests freeze it.
 */
export interface RandomStream {
  /** A uniform integer from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  /** One of the items, or `undefined` of none. */
  pick<T>(items: readonly T[]): T | undefined;
  /** A new list in random order. */
  shuffle<T>(items: readonly T[]): T[];
}

const LANES = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x85ebca6b] as const;

/** Murmur3's 32-bit finaliser: every input bit reaches every output bit. */
function avalanche(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}

/** 128 bits of a text, as four independent FNV-1a lanes. Not for secrets. */
function seedWords(text: string): number[] {
  return LANES.map((lane) => {
    let h = lane | 0;
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
    return avalanche(h ^ lane);
  });
}

/** The stream with this name; equal names give equal draws, on every machine and for ever. */
export function randomStream(name: string): RandomStream {
  const generator = xoroshiro128plusFromState(seedWords(name));
  const integer = (min: number, max: number): number => uniformInt(generator, min, max);
  return {
    integer,
    pick: (items) => (items.length === 0 ? undefined : items[integer(0, items.length - 1)]),
    shuffle: (items) => {
      const rest = [...items];
      const shuffled: typeof rest = [];
      while (rest.length > 0) shuffled.push(...rest.splice(integer(0, rest.length - 1), 1));
      return shuffled;
    },
  };
}
