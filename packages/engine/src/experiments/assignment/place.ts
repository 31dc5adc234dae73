import type { Candidate } from '../event.ts';

const makeKey = ({ game, pc, npc }: Candidate): string => `${game} ${pc ?? ''} ${npc ?? ''}`;

/**
 * A place of a pool, which knows its key: there are thousands of places, and each is looked up by it again and again. A copy
 * is a plain candidate.
 */
export class Place implements Candidate {
  readonly game: string;
  readonly pc: string | null;
  readonly npc: string | null;
  readonly #key: string;

  constructor(candidate: Candidate) {
    this.game = candidate.game;
    this.pc = candidate.pc;
    this.npc = candidate.npc;
    this.#key = makeKey(candidate);
  }

  /** What a game with both of its characters goes by where combinations are counted. */
  static keyOf(candidate: Candidate): string {
    return #key in candidate ? candidate.#key : makeKey(candidate);
  }
}
