import type { SessionFrame } from '../dto.ts';

/** A frame that may go to many readers: it is written as JSON once, when the first of them needs it so. */
export interface SharedFrame {
  readonly frame: SessionFrame;
  readonly json: string;
}

export function sharedFrame(frame: SessionFrame): SharedFrame {
  let json: string | null = null;
  return {
    frame,
    get json() {
      return (json ??= JSON.stringify(frame));
    },
  };
}

/** A frame with the seq of the last event delivered so far: the cursor from which a reader can go on. */
export interface StreamedFrame {
  readonly id: string;
  readonly shared: SharedFrame;
}
