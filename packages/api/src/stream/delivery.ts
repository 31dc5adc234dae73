import { readFeedback } from '@dcs/engine';
import type { SessionEvent, SessionPresent, Viewer } from '@dcs/engine';
import { batchesOf } from './batches.ts';
import { changesSeats, eventsFrame, signalFrame, statusFrame } from './frames.ts';
import { SharedFrame } from './sharedFrame.ts';
import type { StreamedFrame } from './sharedFrame.ts';
import type { Pending } from './subscriberQueue.ts';

/** What happened to a session within a moment, made into frames once for all who see it with the same eyes. */
export interface Delivery {
  readonly items: readonly Pending[];
  /** The state after it. */
  readonly present: SessionPresent;
  /** Whether it goes on right after `cursor`, without gap or repetition. */
  follows(cursor: number): boolean;
  /** The frames for a reader whose `cursor` it follows. */
  readonly framesFor: (viewer: Viewer, cursor: number) => readonly StreamedFrame[];
  /** Whether somebody sat down or got up: readers are then told anew who sits where, and see with other eyes. */
  readonly changesSeats: boolean;
  readonly status: SharedFrame;
}

/** Through what a viewer sees: those of the same seat see the same, but for who gave feedback, which is theirs alone. */
function eyesAmong(events: readonly SessionEvent[]): (viewer: Viewer) => string {
  const givers = new Set(
    events.flatMap((event) => (event.kind === 'feedback' ? [readFeedback(event).playerId] : [])),
  );
  return ({ seat, seesAll, playerId = '' }) => {
    if (seesAll) return 'all';
    return givers.has(playerId) ? `seat ${seat ?? ''} of ${playerId}` : `seat ${seat ?? ''}`;
  };
}

function isSuperseded(items: readonly Pending[], index: number): boolean {
  const item = items[index];
  if (item?.type !== 'signal' || item.signal.type !== 'turn') return false;
  const { phase } = item.signal;
  if (phase === 'started' || phase === 'ended') return false;
  return items.slice(index + 1).some((later) => later.type === 'signal');
}

/** A phase that is over before anybody could be told of it is not told; the start and the end of a turn always are. */
export function withoutPassedPhases(items: readonly Pending[]): readonly Pending[] {
  return items.length < 2 ? items : items.filter((_item, index) => !isSuperseded(items, index));
}

/** `items` in the order in which they happened, and the present after them, which is at least as new. */
export function createDelivery(items: readonly Pending[], present: SessionPresent): Delivery {
  const events = items.flatMap((item) => (item.type === 'events' ? item.events : []));
  const firstSeq = events[0]?.seq ?? null;
  const isWhole = events.every((event, index) => event.seq === (firstSeq ?? 0) + index);
  const eyes = eyesAmong(events);
  const made = new Map<string, readonly StreamedFrame[]>();
  const status = new SharedFrame(statusFrame(present));

  function makeFrames(viewer: Viewer, cursor: number): readonly StreamedFrame[] {
    let id = cursor;
    return items.flatMap((item) => {
      if (item.type !== 'events')
        return [{ id: String(id), shared: new SharedFrame(signalFrame(item.signal)) }];
      return batchesOf(item.events).map((batch) => {
        id = batch.at(-1)?.seq ?? id;
        return { id: String(id), shared: new SharedFrame(eventsFrame(batch, present, viewer)) };
      });
    });
  }

  return {
    items,
    present,
    changesSeats: changesSeats(events),
    status,
    follows: (cursor) => isWhole && (firstSeq === null || firstSeq === cursor + 1),
    framesFor: (viewer, cursor) => {
      // Readers with the same eyes whom it follows have the same cursor, unless it has no events.
      const key = firstSeq === null ? `${eyes(viewer)} after ${cursor}` : eyes(viewer);
      const frames = made.get(key) ?? makeFrames(viewer, cursor);
      made.set(key, frames);
      return frames;
    },
  };
}
