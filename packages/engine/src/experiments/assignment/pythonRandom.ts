import { sha512 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { mersenneFromState } from 'pure-rand/generator/mersenne';

/** Draws as CPython's `random.Random(text)` makes them, so that a study can go on in another system, or come from one. */
export interface PythonRandom {
  /** A uniform integer from 0 up to and without `below`, which is from 1 to 2^31. */
  below(below: number): number;
  /** One of the items, or `undefined` of none. */
  choice<T>(items: readonly T[]): T | undefined;
  /** A new list in random order. */
  shuffle<T>(items: readonly T[]): T[];
}

/** 32-bit words in the state of the Mersenne twister. */
const WORDS = 624;

function initialWords(): Uint32Array {
  const words = new Uint32Array(WORDS);
  words[0] = 19_650_218;
  for (let i = 1; i < WORDS; i++) {
    const before = words[i - 1] ?? 0;
    words[i] = Math.imul(1_812_433_253, before ^ (before >>> 30)) + i;
  }
  return words;
}

const INITIAL_WORDS = initialWords();

/** The 32-bit words of a big-endian number, the least one first and none too many. */
function wordsOf(bytes: readonly number[]): Uint32Array {
  const digits = bytes.slice(bytes.findIndex((byte) => byte !== 0)).toReversed();
  const words = new Uint32Array(Math.ceil(digits.length / 4));
  for (const [at, byte] of digits.entries()) {
    const word = at >>> 2;
    words[word] = (words[word] ?? 0) | (byte << (8 * (at & 3)));
  }
  return words;
}

/** `init_by_array` of the reference implementation of the Mersenne twister. */
function seededWords(key: Uint32Array): Uint32Array {
  const words = INITIAL_WORDS.slice();
  let i = 1;
  const mix = (multiplier: number, summand: number): void => {
    const before = words[i - 1] ?? 0;
    words[i] = ((words[i] ?? 0) ^ Math.imul(before ^ (before >>> 30), multiplier)) + summand;
    i += 1;
    if (i < WORDS) return;
    words[0] = words[WORDS - 1] ?? 0;
    i = 1;
  };
  for (let step = 0; step < Math.max(WORDS, key.length); step++) {
    const j = step % key.length;
    mix(1_664_525, (key[j] ?? 0) + j);
  }
  for (let step = 1; step < WORDS; step++) mix(1_566_083_941, -i);
  words[0] = 0x8000_0000;
  return words;
}

/** The seed is the UTF-8 of `text` followed by its SHA-512, read as one number; equal texts give equal draws for ever. */
export function pythonRandom(text: string): PythonRandom {
  const utf8 = utf8ToBytes(text);
  const generator = mersenneFromState([0, ...seededWords(wordsOf([...utf8, ...sha512(utf8)]))]);
  // The generator renews a word as it hands out the one before; the words of a seed are renewed before any is handed out.
  for (let word = 0; word < WORDS; word++) generator.next();

  const below = (limit: number): number => {
    const shift = Math.clz32(limit);
    for (;;) {
      const drawn = generator.next() >>> shift;
      if (drawn < limit) return drawn;
    }
  };
  return {
    below,
    choice: (items) => (items.length === 0 ? undefined : items[below(items.length)]),
    shuffle: <T>(items: readonly T[]): T[] => {
      const shuffled = [...items];
      for (let i = shuffled.length - 1; i > 0; i--) {
        const j = below(i + 1);
        [shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T];
      }
      return shuffled;
    },
  };
}
