import type { ExperimentConfig } from '@dcs/engine';
import type { ConfigProblem } from '../configProblem.ts';
import type { ExperimentWorld } from '../world.ts';

/** A top-level key of an experiment. */
type Section = keyof ExperimentConfig;

/** Such as `assignment.strategy`, or `games.*.name`. */
type Need = Section | `${Section}.${string}`;

/** What cannot be read of a file. */
export interface Unread {
  /** What games are called where the schema refuses it; `null` where it is no text, so that nobody can tell. */
  readonly gameNames: readonly string[] | null;
}

/** What a schema cannot say of an experiment. */
export interface Rule {
  /**
   * What it would be wrong without, `*` for every entry: it is not asked where the schema refuses some of that. Anything else
   * that is refused is as if it were not there, and the rule is asked about the rest.
   */
  readonly needs?: readonly Need[];
  readonly find: (
    config: ExperimentConfig,
    world: ExperimentWorld,
    unread: Unread,
  ) => readonly ConfigProblem[];
}
