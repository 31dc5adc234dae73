import { describe, expect, it } from 'vitest';
import { storedEvent } from '../../test/support/storedEvent.ts';
import type { BusMessage } from '../bus/localBus.ts';
import { createSubscriberQueue } from './subscriberQueue.ts';

const events = (...seqs: number[]): BusMessage => ({ type: 'events', events: seqs.map(storedEvent) });
const draft = (text: string): BusMessage => ({ type: 'signal', signal: { type: 'draft', turn: 1, text } });
const writing: BusMessage = {
  type: 'signal',
  signal: { type: 'turn', turn: 1, phase: 'writing', turns: 0, exited: false, exitReason: null },
};

describe('a reader’s queue', () => {
  it('joins events that came one after the other into one delivery', () => {
    const queue = createSubscriberQueue(10);
    queue.push(events(1));
    queue.push(events(2, 3));
    expect(queue.take(true)).toMatchObject({ type: 'events', events: [{ seq: 1 }, { seq: 2 }, { seq: 3 }] });
    expect(queue.take(true)).toBeNull();
  });

  it('keeps the order of events and signals', () => {
    const queue = createSubscriberQueue(10);
    for (const message of [events(1), writing, events(2)]) queue.push(message);
    expect([queue.take(true)?.type, queue.take(true)?.type, queue.take(true)?.type]).toEqual([
      'events',
      'signal',
      'events',
    ]);
  });

  it('keeps only the latest draft, and none once the event is there', () => {
    const queue = createSubscriberQueue(10);
    for (const text of ['a', 'a b', 'a b c']) queue.push(draft(text));
    expect(queue.take(true)).toMatchObject({ type: 'draft', signal: { text: 'a b c' } });
    queue.push(draft('a b c d'));
    queue.push(events(1));
    expect(queue.take(true)).toMatchObject({ type: 'events' });
    expect(queue.take(true)).toBeNull();
  });

  it('holds a draft back until it may go, and everything else goes past the wait', () => {
    const queue = createSubscriberQueue(10);
    queue.push(draft('a'));
    expect(queue.take(false)).toBeNull();
    expect(queue.hasDraft).toBe(true);
    queue.push(events(1));
    expect(queue.take(false)).toMatchObject({ type: 'events' });
  });

  it('forgets rather than grows, and says so once', () => {
    const queue = createSubscriberQueue(3);
    queue.push(events(1, 2, 3));
    queue.push(events(4));
    expect(queue.takeOverflow()).toBe(true);
    expect(queue.takeOverflow()).toBe(false);
    expect(queue.take(true)).toBeNull();
    queue.push(events(5));
    expect(queue.take(true)).toMatchObject({ events: [{ seq: 5 }] });
  });

  it('does not grow however long nobody reads', () => {
    const queue = createSubscriberQueue(8);
    for (let seq = 1; seq <= 10_000; seq += 1) queue.push(seq % 3 === 0 ? writing : events(seq));
    let held = 0;
    for (let item = queue.take(true); item !== null; item = queue.take(true)) {
      held += item.type === 'events' ? item.events.length : 1;
    }
    expect(held).toBeLessThanOrEqual(8);
  });

  it('forgets everything when it is told to, as if there had been too much', () => {
    const queue = createSubscriberQueue(8);
    queue.push(events(1));
    queue.forget();
    expect([queue.take(true), queue.takeOverflow()]).toEqual([null, true]);
  });
});
