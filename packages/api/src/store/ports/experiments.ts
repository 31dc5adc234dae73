import type { ExperimentConfig, PinnedDependencies } from '@dcs/engine';

/** A configuration that an experiment has had; never changed, so that what was played under it can be read by it. */
export interface ExperimentRevision {
  readonly experiment: string;
  /** Names the content, in hexadecimal; see `experimentRevision`. */
  readonly revision: string;
  readonly config: ExperimentConfig;
  /** What it goes by beside its own file; `null` of what was kept before this was part of it. */
  readonly dependencies: PinnedDependencies | null;
  /** When it was first seen. */
  readonly at: number;
}

/** How many revisions of one experiment are listed. */
export const MOST_EXPERIMENT_REVISIONS = 100;

export interface ExperimentRevisionStore {
  /** Keeps the first of its kind; resolves with the one that is kept. */
  put(revision: ExperimentRevision): Promise<ExperimentRevision>;
  get(experiment: string, revision: string): Promise<ExperimentRevision | null>;
  /** The latest 100, newest first. */
  list(experiment: string): Promise<readonly ExperimentRevision[]>;
  /** The names of all experiments that have had a configuration, in their order. */
  experiments(): Promise<readonly string[]>;
}
