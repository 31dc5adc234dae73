/* Hashes of runs of letters, each made of the one before it: a text is looked through in one pass, without cutting it into runs. */

const BASE = 0x01_00_01_93;
/** Of 30 bits, which engines keep as plain integers. */
const MASK = 0x3f_ff_ff_ff;

/** Hashes the runs of `length` letters in texts. Equal runs have equal hashes; others may. */
export interface RunHash {
  /** Of the run at `at`; the text has that many letters from there on. */
  of(letters: string, at: number): number;
  /** Where the first run stands, from `from` on, whose hash is among `wanted`; -1 if there is none. */
  find(letters: string, wanted: ReadonlySet<number>, from: number): number;
}

export function createRunHash(length: number): RunHash {
  /** What the first letter of a run contributes, by which it is taken out again. */
  let first = 1;
  for (let place = 1; place < length; place += 1) first = Math.imul(first, BASE);

  function wholeHash(letters: string, at: number): number {
    let hash = 0;
    for (let place = at; place < at + length; place += 1) {
      hash = (Math.imul(hash, BASE) + letters.charCodeAt(place)) | 0;
    }
    return hash;
  }

  return {
    of: (letters, at) => wholeHash(letters, at) & MASK,
    find: (letters, wanted, from) => {
      if (from + length > letters.length) return -1;
      let hash = wholeHash(letters, from);
      for (let at = from; ; at += 1) {
        if (wanted.has(hash & MASK)) return at;
        if (at + length >= letters.length) return -1;
        const rest = (hash - Math.imul(letters.charCodeAt(at), first)) | 0;
        hash = (Math.imul(rest, BASE) + letters.charCodeAt(at + length)) | 0;
      }
    },
  };
}
