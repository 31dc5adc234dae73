import type { Candidate } from '../event.ts';

/**
 * What is offered to a participant, the best first. It is found as far as somebody looks, and only once: there may be
 * thousands, and whoever is given the first needs no other.
 */
export interface Offer extends Iterable<Candidate> {
  /** Whether there are so many at least. */
  has(count: number): boolean;
  /** Everything; it stays the same list. */
  all(): readonly Candidate[];
}

export function createOffer(candidates: Iterable<Candidate>): Offer {
  const source = candidates[Symbol.iterator]();
  const found: Candidate[] = [];
  let isWhole = false;
  const has = (count: number): boolean => {
    while (!isWhole && found.length < count) {
      const next = source.next();
      if (next.done === true) isWhole = true;
      else found.push(next.value);
    }
    return found.length >= count;
  };
  return {
    has,
    all: () => {
      for (const candidate of { [Symbol.iterator]: () => source }) found.push(candidate);
      isWhole = true;
      return found;
    },
    *[Symbol.iterator]() {
      for (let at = 0; has(at + 1); at++) {
        const candidate = found[at];
        if (candidate !== undefined) yield candidate;
      }
    },
  };
}
