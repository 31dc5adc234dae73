import type { ExperimentDecision, ExperimentCommand } from './deciding/command.ts';
import type { ExperimentMoment } from './standing.ts';

/**
 * Decides in order whatever is asked of one experiment, and experiments side by side. Every method may be repeated. A
 * rejection is a fault of the store: nothing was shown to anyone, and the same call may be sent again.
 */
export interface ExperimentManager {
  /** Resolves when what the command brought about is durable. `null` for an unknown experiment. */
  run(experiment: string, command: ExperimentCommand): Promise<ExperimentDecision | null>;
  /** The present of an experiment, as far as it is durable; `null` for an unknown one. */
  present(experiment: string): Promise<ExperimentMoment | null>;
  /** Tells of everything that is recorded here, or seen of what other nodes have recorded. Call the result to stop. */
  onRecorded(listener: (experiment: string, lastSeq: number) => void): () => void;
  /** Waits for everything in flight. No command is taken afterwards. */
  shutDown(): Promise<void>;
}
