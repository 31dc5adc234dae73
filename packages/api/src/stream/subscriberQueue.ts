import type { Persisted, SessionEvent, Signal } from '@dcs/engine';
import type { BusMessage } from '../bus/localBus.ts';

type DraftSignal = Extract<Signal, { type: 'draft' }>;
type PlainSignal = Exclude<Signal, DraftSignal>;

/** What one reader has not been sent yet, in order. */
export type Pending =
  | { readonly type: 'events'; readonly events: Persisted<SessionEvent>[] }
  | { readonly type: 'signal'; readonly signal: PlainSignal }
  | { readonly type: 'draft'; readonly signal: DraftSignal };

export interface SubscriberQueue {
  readonly push: (message: BusMessage) => void;
  /** The next thing to send, or `null`. A draft is held back until `mayDraft`. */
  take(mayDraft: boolean): Pending | null;
  /** Drops everything, as if there had been too much. */
  forget(): void;
  /** True once after messages had to be dropped: read the log again. */
  takeOverflow(): boolean;
  /** Whether a draft waits. */
  readonly hasDraft: boolean;
}

/**
 * A bounded queue that forgets rather than grows: events can be read again from the log, and of drafts only the latest
 * counts. `limit` bounds the number of events and signals held.
 */
export function createSubscriberQueue(limit: number): SubscriberQueue {
  let items: Pending[] = [];
  let size = 0;
  let overflowed = false;

  function forget(): void {
    items = [];
    size = 0;
    overflowed = true;
  }

  function add(item: Pending, weight: number): void {
    if (size + weight > limit) {
      forget();
    } else {
      items.push(item);
      size += weight;
    }
  }

  /** A draft is only ever the last item: whatever comes after it replaces it. */
  function dropDraft(): void {
    if (items.at(-1)?.type !== 'draft') return;
    items.pop();
    size -= 1;
  }

  function addEvents(events: readonly Persisted<SessionEvent>[]): void {
    const last = items.at(-1);
    if (last?.type === 'events' && size + events.length <= limit) {
      last.events.push(...events);
      size += events.length;
    } else {
      add({ type: 'events', events: [...events] }, events.length);
    }
  }

  return {
    push: (message) => {
      dropDraft();
      if (message.type === 'events') addEvents(message.events);
      else if (message.signal.type === 'draft') add({ type: 'draft', signal: message.signal }, 1);
      else add({ type: 'signal', signal: message.signal }, 1);
    },
    take: (mayDraft) => {
      const first = items[0];
      if (first === undefined || (first.type === 'draft' && !mayDraft)) return null;
      items.shift();
      size -= first.type === 'events' ? first.events.length : 1;
      return first;
    },
    takeOverflow: () => {
      const was = overflowed;
      overflowed = false;
      return was;
    },
    get hasDraft() {
      return items[0]?.type === 'draft';
    },
    forget,
  };
}
