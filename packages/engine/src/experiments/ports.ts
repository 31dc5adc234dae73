import type { Persisted } from '../ports.ts';
import type { ExperimentEvent } from './event.ts';

/** The truth of experiments: an ordered, append-only list of events for each. */
export interface ExperimentLog {
  /**
   * Writes events of one experiment, whose `seq` follow each other, all of them or none, and resolves when they are
   * durable. Rejects with `SequenceConflict` when a number is taken: reload and decide again. Any other rejection leaves
   * the outcome unknown: reload before going on.
   */
  append(events: readonly ExperimentEvent[]): Promise<readonly Persisted<ExperimentEvent>[]>;
  /** Events with `seq > afterSeq` in order, at most `limit`. Empty for an unknown experiment. */
  read(experiment: string, afterSeq: number, limit: number): Promise<readonly Persisted<ExperimentEvent>[]>;
}
