import type { SessionEvent } from '@dcs/engine';

export const MOST_EVENTS = 200;
/** Rough size of a frame, in characters of content; one event may be larger. */
const MOST_CONTENT = 32_000;

function weight(event: SessionEvent): number {
  return 200 + event.content.length + (event.data === null ? 0 : JSON.stringify(event.data).length);
}

/** Cuts a run of events into frames of bearable size, in order. */
export function batchesOf<E extends SessionEvent>(events: readonly E[]): readonly (readonly E[])[] {
  const batches: E[][] = [];
  let current: E[] = [];
  let filled = 0;
  for (const event of events) {
    const size = weight(event);
    if (current.length > 0 && (current.length >= MOST_EVENTS || filled + size > MOST_CONTENT)) {
      batches.push(current);
      current = [];
      filled = 0;
    }
    current.push(event);
    filled += size;
  }
  if (current.length > 0) batches.push(current);
  return batches;
}
