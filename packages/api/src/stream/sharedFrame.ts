import type { SessionFrame } from '../dto.ts';

/** A frame that may go to many readers: it is written as JSON once, when the first of them needs it so. */
export class SharedFrame {
  readonly frame: SessionFrame;
  #json: string | null = null;

  constructor(frame: SessionFrame) {
    this.frame = frame;
  }

  get json(): string {
    return (this.#json ??= JSON.stringify(this.frame));
  }
}

/** A frame with the seq of the last event delivered so far: the cursor from which a reader can go on. */
export interface StreamedFrame {
  readonly id: string;
  readonly shared: SharedFrame;
}
