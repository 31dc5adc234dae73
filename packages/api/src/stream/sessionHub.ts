import type { Clock, SessionManager } from '@dcs/engine';
import type { BusMessage, LocalBus } from '../bus/localBus.ts';
import type { Timers } from '../services/timers.ts';
import { createDelivery, withoutPassedPhases } from './delivery.ts';
import type { Delivery } from './delivery.ts';
import { createSubscriberQueue } from './subscriberQueue.ts';
import type { Pending, SubscriberQueue } from './subscriberQueue.ts';

export interface HubPorts {
  readonly manager: Pick<SessionManager, 'presentInMemory'>;
  readonly bus: Pick<LocalBus, 'subscribe'>;
  readonly clock: Clock;
  readonly timers: Timers;
}

/** A reader as the hub knows it. Its methods are called at once and in order; they must not throw. */
export interface HubMember {
  /** What happened since the last delivery. */
  deliver(delivery: Delivery): void;
  /** What happened, when the state after it is not at hand: to be found in the log. */
  lookAtLog(items: readonly Pending[]): void;
}

/** Where the readers of all sessions hear what happens. */
export interface SessionHubs {
  /** Calls the member from now on, until the result is called. */
  join(sessionId: string, member: HubMember): () => void;
  /** Sessions with at least one reader. */
  readonly size: number;
}

interface Hub {
  readonly sessionId: string;
  readonly members: Set<HubMember>;
  readonly queue: SubscriberQueue;
  readonly detach: () => void;
  lastDraftAt: number;
  draftTimer: { cancel(): void } | null;
}

/** What one session may say within one moment before its readers are sent to the log. */
const QUEUE_LIMIT = 2_000;
/** Text that is being written goes out about ten times a second. */
const DRAFT_INTERVAL_MS = 100;
/** What completes nothing waits once or twice as long for what follows: too short to be seen, and a frame less for most. */
const GATHER_MS = 15;

/** Whether more is to follow from the same command, so that nobody waits for this alone. */
function isUnfinished(message: BusMessage): boolean {
  if (message.type === 'signal') return message.signal.type === 'turn' && message.signal.phase !== 'ended';
  const last = message.events.at(-1);
  return last !== undefined && last.commandId !== null && last.receipt === null;
}

/**
 * Gathers what happens to each session within a moment, and delivers it to all its readers at once.
 * An idle session costs nothing, and a session that five hundred follow is made into frames once.
 */
export function createSessionHubs({ manager, bus, clock, timers }: HubPorts): SessionHubs {
  const hubs = new Map<string, Hub>();
  let stirred = new Set<Hub>();
  /** Hubs in which something waits for what follows, and those in which it has waited for one round of the timer. */
  let gathering = new Set<Hub>();
  let ripe = new Set<Hub>();
  let gatherTimer: { cancel(): void } | null = null;

  function stir(hub: Hub): void {
    ungather(hub);
    if (stirred.size === 0) setImmediate(deliverAll);
    stirred.add(hub);
  }

  function gather(hub: Hub): void {
    if (stirred.has(hub) || ripe.has(hub)) return;
    gathering.add(hub);
    if (gatherTimer === null) awaitGathered();
  }

  /** One timer serves all hubs. */
  function awaitGathered(): void {
    gatherTimer = timers.after(GATHER_MS, () => {
      gatherTimer = null;
      for (const hub of ripe) stir(hub);
      ripe = gathering;
      gathering = new Set();
      if (ripe.size > 0) awaitGathered();
    });
  }

  function ungather(hub: Hub): void {
    gathering.delete(hub);
    ripe.delete(hub);
  }

  function deliverAll(): void {
    const all = stirred;
    stirred = new Set();
    for (const hub of all) deliver(hub);
  }

  function takeItems(hub: Hub): readonly Pending[] {
    const items: Pending[] = [];
    const isDraftDue = clock.now() - hub.lastDraftAt >= DRAFT_INTERVAL_MS;
    for (let item = hub.queue.take(isDraftDue); item !== null; item = hub.queue.take(isDraftDue)) {
      if (item.type === 'draft') hub.lastDraftAt = clock.now();
      items.push(item);
    }
    if (hub.queue.hasDraft) awaitDraft(hub);
    return withoutPassedPhases(items);
  }

  function awaitDraft(hub: Hub): void {
    hub.draftTimer ??= timers.after(hub.lastDraftAt + DRAFT_INTERVAL_MS - clock.now(), () => {
      hub.draftTimer = null;
      stir(hub);
    });
  }

  function deliver(hub: Hub): void {
    const isOverflowing = hub.queue.takeOverflow();
    const items = takeItems(hub);
    const present = isOverflowing ? null : manager.presentInMemory(hub.sessionId);
    const lastEvents = items.findLast((item) => item.type === 'events');
    const lastSeq = lastEvents?.events.at(-1)?.seq ?? 0;
    if (present === null || present.lastSeq < lastSeq) {
      for (const member of hub.members) member.lookAtLog(items);
    } else if (items.length > 0) {
      const delivery = createDelivery(items, present);
      for (const member of hub.members) member.deliver(delivery);
    }
  }

  function open(sessionId: string): Hub {
    const queue = createSubscriberQueue(QUEUE_LIMIT);
    const detach = bus.subscribe(sessionId, (message) => {
      queue.push(message);
      if (isUnfinished(message)) gather(hub);
      else stir(hub);
    });
    const hub: Hub = { sessionId, members: new Set(), queue, detach, lastDraftAt: 0, draftTimer: null };
    hubs.set(sessionId, hub);
    return hub;
  }

  function leave(hub: Hub, member: HubMember): void {
    if (!hub.members.delete(member) || hub.members.size > 0) return;
    hub.detach();
    hub.draftTimer?.cancel();
    stirred.delete(hub);
    ungather(hub);
    hubs.delete(hub.sessionId);
  }

  return {
    join: (sessionId, member) => {
      const hub = hubs.get(sessionId) ?? open(sessionId);
      hub.members.add(member);
      return () => leave(hub, member);
    },
    get size() {
      return hubs.size;
    },
  };
}
