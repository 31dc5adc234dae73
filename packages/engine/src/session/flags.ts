import type { SessionHeader } from './session.ts';

/*
 * Whoever changes what a log folds to changes the past of everyone who has played. So such a change has a number, stands
 * here, and holds for new sessions alone: they carry the numbers that were in force when they were created, and `evolve`
 * asks for them. See CONTRIBUTING.md, "Changing what a log folds to".
 */

/** One change of what logs fold to. */
export interface FoldChange {
  /** Never used again, also when the change is taken back. */
  readonly number: number;
  /** The version whose new sessions were the first to carry it. */
  readonly since: string;
  /** What it changes, and why that was worth two ways of reading a log. */
  readonly reason: string;
  /** The recordings, by name, that would fold to something else with it: they prove that the old way is kept. */
  readonly recordings: readonly string[];
}

/** None yet: every log folds in the first way. */
export const FOLD_CHANGES: readonly FoldChange[] = [];

/** What a new session carries. */
export const FLAGS_IN_FORCE: readonly number[] = FOLD_CHANGES.map(({ number }) => number);

/** The changes that hold for one session. */
export interface Flags {
  has(number: number): boolean;
}

/** Of sessions from before the first change. */
export const NO_FLAGS: Flags = new Set<number>();

/**
 * Throws for a number that this program does not know: the session was created by a later one, and folding it the old
 * way would make another past of it.
 */
export function flagsOf(
  header: Pick<SessionHeader, 'sessionId' | 'flags'>,
  changes: readonly FoldChange[] = FOLD_CHANGES,
): Flags {
  if (header.flags === undefined || header.flags.length === 0) return NO_FLAGS;
  const unknown = header.flags.find((flag) => !changes.some(({ number }) => number === flag));
  if (unknown !== undefined) {
    throw new Error(
      `Session ${header.sessionId} needs flag ${unknown}, which only a later version of DCS knows.`,
    );
  }
  return new Set(header.flags);
}
