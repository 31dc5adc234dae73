import type { RecordingTable } from '../recordingTable.ts';

/** A way through a game that is worth being folded for ever. */
export interface Flow {
  /** What it shows. */
  readonly about: string;
  /** Plays it; resolves with the session to record. */
  play(table: RecordingTable): Promise<string>;
}

/** By name; the recording of each has the same one. */
export type Flows = Readonly<Record<string, Flow>>;
