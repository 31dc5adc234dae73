import { lettersOf, lettersOfAll, runsOf } from './letters.ts';
import { createRunHash } from './rollingHash.ts';

/** Tells what was said from what is hidden, word for word. Texts are read as letters (`lettersOf`). */
export interface QuoteFinder {
  /**
   * Whether a text may quote what is hidden: cheap, and `false` for nearly all that quotes nothing. `from` leaves out what was
   * looked at already; left out, all of it is looked at.
   */
  mayQuote(letters: string, from?: number): boolean;
  /** Whether a text quotes what is hidden. `known`, as letters, is what its reader knows anyway; asked for only in case of doubt. */
  quotes(letters: string, known: () => string): boolean;
}

/** Finds runs of at least `length` letters of the hidden texts, of which neither half is known. */
export function findRuns(hidden: readonly string[], length: number): QuoteFinder {
  const all = lettersOfAll(hidden);
  const half = Math.floor(length / 2);
  // Whatever run a text has in common with them, one of these blocks is in it: only around them it is worth to look.
  const blocks = new Set(runsOf(all, half, half));

  const hash = createRunHash(half);
  const hashes = new Set([...blocks].map((block) => hash.of(block, 0)));

  /** Where the next block stands, or -1. */
  function blockIn(letters: string, from: number): number {
    for (let at = hash.find(letters, hashes, from); at >= 0; at = hash.find(letters, hashes, at + 1)) {
      if (blocks.has(letters.slice(at, at + half))) return at;
    }
    return -1;
  }

  function isQuotedAround(letters: string, at: number, known: string): boolean {
    const around = letters.slice(Math.max(0, at + half - length), at + length);
    return runsOf(around, length, 1).some(
      (run) => all.includes(run) && !known.includes(run.slice(0, half)) && !known.includes(run.slice(-half)),
    );
  }

  return {
    // A block that ends in what is new may begin before it.
    mayQuote: (letters, from = 0) => blockIn(letters, Math.max(0, from - half + 1)) >= 0,
    quotes: (letters, known) => {
      for (let at = blockIn(letters, 0); at >= 0; at = blockIn(letters, at + 1)) {
        if (isQuotedAround(letters, at, known())) return true;
      }
      return false;
    },
  };
}

/** Finds hidden texts as a whole, those that are too short for a run as well; shorter than `shortest` letters is what anybody might say. */
export function findWholes(hidden: readonly string[], shortest: number): QuoteFinder {
  const wholes = hidden.map(lettersOf).filter(({ length }) => length >= shortest);
  const wholesIn = (letters: string): readonly string[] => wholes.filter((whole) => letters.includes(whole));
  return {
    mayQuote: (letters) => wholesIn(letters).length > 0,
    quotes: (letters, known) => wholesIn(letters).some((whole) => !known().includes(whole)),
  };
}

/** Finds what any of them finds. */
export const findAnyOf = (finders: readonly QuoteFinder[]): QuoteFinder => ({
  mayQuote: (letters, from) => finders.some((finder) => finder.mayQuote(letters, from)),
  quotes: (letters, known) => finders.some((finder) => finder.quotes(letters, known)),
});
