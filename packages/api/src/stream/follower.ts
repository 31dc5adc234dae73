import type { SessionEvent, SessionLog, SessionPresent } from '@dcs/engine';
import type { ClusteredManager } from '../cluster/clusteredManager.ts';
import type { SessionFrame } from '../dto.ts';
import { ApiError } from '../errors.ts';
import type { Principal } from '../services/authorise.ts';
import { viewerOf } from '../services/sessionDto.ts';
import type { SessionDtoPorts } from '../services/sessionDto.ts';
import { batchesOf, MOST_EVENTS } from './batches.ts';
import { assertNotAhead, readCursor } from './cursor.ts';
import type { Delivery } from './delivery.ts';
import { changesSeats, eventsFrame, metaFrame, signalFrame, statusFrame, toldOf } from './frames.ts';
import type { FrameSink } from './frameSink.ts';
import type { Place } from './place.ts';
import type { HubMember, SessionHubs } from './sessionHub.ts';
import { SharedFrame } from './sharedFrame.ts';
import type { StreamedFrame } from './sharedFrame.ts';
import { createSubscriberQueue } from './subscriberQueue.ts';
import type { Pending, SubscriberQueue } from './subscriberQueue.ts';

export interface StreamMeter {
  reader(change: 1 | -1): void;
  frame(type: SessionFrame['type']): void;
  /** A reader went on from a place in the log. */
  resumed(): void;
  /** A reader was too slow, or missed something, and is sent back to the log. */
  resynced(): void;
  /** A reader that had stopped reading was given up. */
  dropped(): void;
}

export interface FollowerPorts extends SessionDtoPorts {
  readonly manager: Pick<ClusteredManager, 'present' | 'distrust'>;
  readonly log: Pick<SessionLog, 'read'>;
  readonly hubs: SessionHubs;
  readonly meter: StreamMeter;
}

export interface FollowerOptions {
  readonly principal: Principal;
  readonly sessionId: string;
  readonly lastEventId: string | null;
  readonly place: Place;
}

/** What is held for a reader that is being brought up to date; beyond it the log is read once more. */
const QUEUE_LIMIT = 512;

/** Ends the work for a reader that has gone; nobody is told. */
class ReaderGone extends Error {}

/**
 * Brings one reader up to date from the log, then hands it what the hub delivers. Whenever it cannot simply go on (it is
 * slow, something is missing, seats changed hands), it is brought up to date again: the log is the truth.
 * Returns the way to stop.
 */
export function startFollower(ports: FollowerPorts, options: FollowerOptions, sink: FrameSink): () => void {
  const { principal, sessionId, place } = options;
  const { meter } = ports;
  let cursor = 0;
  /** Of the status, as `toldOf` has it. */
  let told: string | null = null;
  /** What happened while the reader is being brought up to date; `null` when it is. */
  let missed: SubscriberQueue | null = null;
  let isOver = false;

  function take(streamed: StreamedFrame): void {
    meter.frame(streamed.shared.frame.type);
    sink.take(streamed);
  }

  /** Once the reader has room for it. */
  async function send(frame: SessionFrame): Promise<void> {
    const isReady = sink.hasRoom || (await sink.room());
    if (isOver) throw new ReaderGone();
    if (!isReady) {
      meter.dropped();
      const message = 'You fell too far behind. Subscribe again with the id of the last frame you got.';
      throw new ApiError('stream/too-slow', message, { retryable: true });
    }
    take({ id: String(cursor), shared: new SharedFrame(frame) });
  }

  async function present(): Promise<SessionPresent> {
    const found = await ports.manager.present(sessionId);
    if (isOver) throw new ReaderGone();
    if (found === null) throw new ApiError('session/not-found', 'There is no such session.');
    place.keep(found);
    return found;
  }

  /** A reader that comes from another node may have seen more than has come round to this one. */
  async function presentAtLeast(seq: number): Promise<SessionPresent> {
    const found = await present();
    if (seq <= found.lastSeq || (await ports.log.read(sessionId, seq - 1, 1)).length === 0) return found;
    await ports.manager.distrust(sessionId);
    return present();
  }

  async function sendMeta(): Promise<void> {
    const frame = await metaFrame(ports, await present(), principal);
    told = toldOf(frame.session);
    await send(frame);
  }

  /** The status, if it is not what the reader was told last. Asked of the present: events that are read may be old. */
  async function tellStatus(): Promise<void> {
    const now = await present();
    if (toldOf(now) === told) return;
    told = toldOf(now);
    await send(statusFrame(now));
  }

  async function sendEvents(events: readonly SessionEvent[]): Promise<void> {
    for (const batch of batchesOf(events)) {
      const now = await present();
      const frame = eventsFrame(batch, now, viewerOf(principal, now.seats));
      cursor = batch.at(-1)?.seq ?? cursor;
      await send(frame);
    }
  }

  /** Reads the log from the cursor to its end. */
  async function catchUp(): Promise<void> {
    for (;;) {
      const page = await ports.log.read(sessionId, cursor, MOST_EVENTS);
      await sendEvents(page);
      if (page.length < MOST_EVENTS) return;
    }
  }

  async function sendMissed(item: Pending): Promise<void> {
    if (item.type !== 'events') return send(signalFrame(item.signal));
    const fresh = item.events.filter((event) => event.seq > cursor);
    const isNext = fresh.every((event, index) => event.seq === cursor + index + 1);
    // The bus is a hint and the log the truth: what is missing is read.
    if (isNext) await sendEvents(fresh);
    else await catchUp();
    await tellStatus();
    if (changesSeats(fresh)) await sendMeta();
  }

  async function bringUpToDate(queue: SubscriberQueue): Promise<void> {
    for (;;) {
      if (queue.takeOverflow()) {
        meter.resynced();
        await catchUp();
        await sendMeta();
      }
      const item = queue.take(true);
      if (item === null) break;
      await sendMissed(item);
    }
    // Nothing was awaited since the queue was found empty, so nothing can be between it and the next delivery.
    missed = null;
  }

  function stop(): void {
    if (isOver) return;
    isOver = true;
    leave();
    place.leave();
    meter.reader(-1);
  }

  /** Starts to bring the reader up to date; `work` begins a moment later, on the queue that is returned. */
  function catchingUp(work: (queue: SubscriberQueue) => Promise<void>): SubscriberQueue {
    const queue = createSubscriberQueue(QUEUE_LIMIT);
    missed = queue;
    const started = Promise.resolve().then(() => work(queue));
    started.catch((error: unknown) => {
      const isAwaited = !isOver && !(error instanceof ReaderGone);
      stop();
      if (isAwaited) sink.fail(error);
    });
    return queue;
  }

  function keepMissed(queue: SubscriberQueue, items: readonly Pending[]): void {
    for (const item of items) {
      if (item.type === 'events') queue.push({ type: 'events', events: item.events });
      else queue.push({ type: 'signal', signal: item.signal });
    }
  }

  function fallBack(items: readonly Pending[]): void {
    keepMissed(missed ?? catchingUp(bringUpToDate), items);
  }

  function handOver({ framesFor, present: now, status }: Delivery): void {
    for (const streamed of framesFor(viewerOf(principal, now.seats), cursor)) {
      take(streamed);
      cursor = Number(streamed.id);
    }
    place.keep(now);
    if (toldOf(now) === told) return;
    told = toldOf(now);
    take({ id: String(cursor), shared: status });
  }

  const member: HubMember = {
    deliver: (delivery) => {
      const goesOn = missed === null && sink.hasRoom && !delivery.changesSeats && delivery.follows(cursor);
      if (goesOn) handOver(delivery);
      else fallBack(delivery.items);
    },
    lookAtLog: (items) => {
      const queue = missed ?? catchingUp(bringUpToDate);
      queue.forget();
      keepMissed(queue, items);
    },
  };

  // Joined before the log is read: what happens in between is kept, and known by its seq.
  const leave = ports.hubs.join(sessionId, member);
  meter.reader(1);
  catchingUp(async (queue) => {
    cursor = readCursor(options.lastEventId);
    if (cursor > 0) meter.resumed();
    const { lastSeq } = await presentAtLeast(cursor);
    assertNotAhead(cursor, lastSeq);
    await sendMeta();
    // What came after the present that was asked for has come to the queue as well.
    if (cursor < lastSeq) await catchUp();
    await tellStatus();
    await bringUpToDate(queue);
  });
  return stop;
}
