import type { FrameSink, FrameSource } from './frameSink.ts';
import type { StreamedFrame } from './sharedFrame.ts';

/** Frames that may wait for whoever iterates. */
const MOST_WAITING = 64;

/** The frames of a source for transports that ask for one at a time. Ends when `signal` fires, or with the failure. */
export async function* iterateFrames(
  source: FrameSource,
  signal: AbortSignal | undefined,
): AsyncGenerator<StreamedFrame, void, undefined> {
  let waiting: StreamedFrame[] = [];
  const failures: unknown[] = [];
  let stirred = Promise.withResolvers<void>();
  let emptied = Promise.withResolvers<void>();
  const stir = (): void => stirred.resolve();
  const sink: FrameSink = {
    take: (streamed) => {
      waiting.push(streamed);
      stir();
    },
    get hasRoom() {
      return waiting.length < MOST_WAITING;
    },
    room: async () => {
      await emptied.promise;
      return signal?.aborted !== true;
    },
    fail: (error) => {
      failures.push(error);
      stir();
    },
  };
  signal?.addEventListener('abort', stir);
  const stop = source.follow(sink);
  try {
    while (signal?.aborted !== true) {
      const ready = waiting;
      waiting = [];
      emptied.resolve();
      emptied = Promise.withResolvers();
      yield* ready;
      if (waiting.length > 0) continue;
      if (failures.length > 0) throw failures[0];
      await stirred.promise;
      stirred = Promise.withResolvers();
    }
  } finally {
    stop();
    emptied.resolve();
    signal?.removeEventListener('abort', stir);
  }
}
