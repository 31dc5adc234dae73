import type { StreamedFrame } from './sharedFrame.ts';

/** Where one reader's frames go. */
export interface FrameSink {
  /** Hands a frame over; never waits and never throws. */
  take(streamed: StreamedFrame): void;
  /** Whether the reader keeps up with what it was handed. */
  readonly hasRoom: boolean;
  /** Resolves with `true` once there is room again; with `false` when the reader stayed behind for too long, or went away. */
  room(): Promise<boolean>;
  /** Nothing more will come, because of this. Called at most once. */
  fail(error: unknown): void;
}

/** What can be read by any number of readers, each from the start. */
export interface FrameSource {
  /** Hands frames over until the result is called, or the sink was told of a failure. */
  follow(sink: FrameSink): () => void;
}
