import type { Line, Subscription } from './line.ts';
import type { SeenEvent } from './shapes.ts';

/** Follows one session and proves, event by event, that nothing is missing and nothing comes twice. */
export interface SessionReader {
  readonly sessionId: string;
  /** The seq of the last event received. */
  readonly lastSeq: number;
  readonly frames: number;
  /** Everything received, if it is kept. */
  readonly seen: readonly SeenEvent[];
  /** Calls back, once, when every event up to `seq` is here; at once if it is already. */
  reached(seq: number, done: () => void): void;
  /** Subscribes on a line, after the last event received so far. */
  follow(line: Line): Subscription;
}

export interface SessionReaderOptions {
  readonly sessionId: string;
  /** Keeps what was received, to compare it with the log later. */
  readonly keep: boolean;
  /** Sees every frame as it comes. */
  readonly onFrame?: ((frame: SeenFrame) => void) | undefined;
  /** Told of a gap or a repetition, which must end the benchmark. */
  readonly onFault: (fault: Error) => void;
}

/** A frame of `play.events`, as far as it is looked at. */
export interface SeenFrame {
  readonly type: string;
  readonly events?: readonly SeenEvent[];
  /** Of a draft. */
  readonly text?: string;
}

interface TrackedFrame {
  readonly data: SeenFrame;
}

export function createSessionReader(options: SessionReaderOptions): SessionReader {
  const { sessionId, keep, onFrame, onFault } = options;
  const seen: SeenEvent[] = [];
  let lastSeq = 0;
  let lastEventId: string | undefined;
  let frames = 0;
  let target = Number.POSITIVE_INFINITY;
  let onTarget: () => void = () => undefined;

  function takeEvents(events: readonly SeenEvent[]): void {
    for (const { seq, eventId, content } of events) {
      if (seq !== lastSeq + 1) {
        onFault(new Error(`Session ${sessionId}: event ${seq} arrived after event ${lastSeq}.`));
        return;
      }
      lastSeq = seq;
      if (keep) seen.push({ seq, eventId, content });
    }
    if (lastSeq < target) return;
    target = Number.POSITIVE_INFINITY;
    onTarget();
  }

  return {
    sessionId,
    get lastSeq() {
      return lastSeq;
    },
    get frames() {
      return frames;
    },
    seen,
    reached: (seq, done) => {
      if (lastSeq >= seq) return done();
      target = seq;
      onTarget = done;
    },
    follow: (line) =>
      line.subscribe(
        {
          path: 'play.events',
          input: { sessionId },
          ...(lastEventId === undefined ? {} : { lastEventId }),
        },
        (data, id) => {
          frames += 1;
          lastEventId = id ?? lastEventId;
          const { data: frame } = data as TrackedFrame;
          onFrame?.(frame);
          if (frame.type === 'events') takeEvents(frame.events ?? []);
        },
      ),
  };
}
