import { lettersOfAll, runsOf } from './letters.ts';

/**
 * Tells whether a text, as letters, has a run of at least `length` letters in common with one of the `hidden` texts, of which
 * neither half is `known` (as letters) anyway.
 */
export function createQuoteFinder(
  hidden: readonly string[],
  { known, length }: { readonly known: string; readonly length: number },
): (letters: string) => boolean {
  const all = lettersOfAll(hidden);
  const half = Math.floor(length / 2);
  // Whatever run they have in common, one of these blocks is in it: only around them it is worth to look.
  const blocks = new Set(runsOf(all, half, half));
  const isSecret = (run: string): boolean =>
    all.includes(run) && !known.includes(run.slice(0, half)) && !known.includes(run.slice(-half));
  return (letters) => {
    for (let at = 0; at + half <= letters.length; at += 1) {
      const block = letters.slice(at, at + half);
      if (!blocks.has(block) || known.includes(block)) continue;
      const around = letters.slice(Math.max(0, at + half - length), at + length);
      if (runsOf(around, length, 1).some(isSecret)) return true;
    }
    return false;
  };
}
