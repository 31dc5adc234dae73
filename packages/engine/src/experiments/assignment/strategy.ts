import type { Candidate } from '../event.ts';
import type { AssignmentStatus } from '../state.ts';

/** A game with who may be played and met in it, in the order in which the filters give them. */
export interface PoolGame {
  /** Its variant. */
  readonly game: string;
  /**
   * What it goes by where chance is drawn for it: its variant, or the title of a game without one. A study that goes on
   * from a system in which games have titles alone draws the same.
   */
  readonly drawnAs: string;
  /** Handles; `[null]` where a game has no such seat to be cast. */
  readonly pcs: readonly (string | null)[];
  readonly npcs: readonly (string | null)[];
}

/** An assignment of the participant who is to get another one. */
export interface PastAssignment extends Candidate {
  readonly status: AssignmentStatus;
}

/** All that an order can depend on: equal inputs give equal orders. */
export interface StrategyInput {
  readonly experiment: string;
  readonly participantId: string;
  /** The seed of the experiment as text. */
  readonly seed: string;
  /** The games of the experiment in the order of its file, each with its whole cast. */
  readonly games: readonly PoolGame[];
  /** Variants that take no more participants; nothing of them is offered. */
  readonly full: ReadonlySet<string>;
  /** Whether this participant may still have such a place. What they may not have is offered by no strategy. */
  readonly isOpen: (candidate: Candidate) => boolean;
  /** Whether somebody may meet the character that they play. */
  readonly sameCharacter: boolean;
  /** Of this participant, the first one first. */
  readonly history: readonly PastAssignment[];
  /**
   * How many assignments of everybody are in progress or completed with this game and simulated character. It follows what
   * happens: a strategy asks before it returns.
   */
  readonly timesPlayed: (game: string, npc: string | null) => number;
  /** How many are given to somebody who has not begun, and keep their place. It follows what happens as well. */
  readonly timesWaiting: (game: string, npc: string | null) => number;
  /** How far apart two characters are; 0 where nothing is known. */
  readonly divergence: (left: string | null, right: string | null) => number;
  /** Whether the participant knows about such minds. */
  readonly matchesExpertise: (npc: string | null) => boolean;
}

/**
 * What comes next for a participant, the best first; nothing when nothing is left for them. What is long is made as far as
 * it is read, and says what held when it was asked for.
 */
export type AssignmentStrategy = (input: StrategyInput) => Iterable<Candidate>;
