import { tracked } from '@trpc/server';
import type { SessionFrame } from '../dto.ts';
import type { FrameSource } from './frameSink.ts';
import { iterateFrames } from './frameIterator.ts';

type Tracked = ReturnType<typeof tracked<SessionFrame>>;

/**
 * The answer of a subscription: for tRPC an iterable of tracked frames, for our own delivery over WebSockets the source
 * behind it.
 */
export class TrackedFrames implements AsyncIterable<Tracked> {
  readonly source: FrameSource;
  readonly #signal: AbortSignal | undefined;

  constructor(source: FrameSource, signal: AbortSignal | undefined) {
    this.source = source;
    this.#signal = signal;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Tracked, void, undefined> {
    for await (const { id, shared } of iterateFrames(this.source, this.#signal)) {
      yield tracked(id, shared.frame);
    }
  }
}
