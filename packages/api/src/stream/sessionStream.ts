import type {
  Clock,
  SessionEvent,
  SessionLog,
  SessionManager,
  SessionPresent,
  SessionStatus,
} from '@dcs/engine';
import type { LocalBus } from '../bus/localBus.ts';
import type { SessionFrame } from '../dto.ts';
import { ApiError } from '../errors.ts';
import type { Principal } from '../services/authorise.ts';
import type { LiveSessions } from '../services/liveSessions.ts';
import type { SessionDtoPorts } from '../services/sessionDto.ts';
import type { Timers } from '../services/timers.ts';
import type { Backpressure } from './backpressure.ts';
import { batchesOf, MOST_EVENTS } from './batches.ts';
import { assertNotAhead, readCursor } from './cursor.ts';
import { changesSeats, eventsFrame, metaFrame, signalFrame } from './frames.ts';
import { createPlace } from './place.ts';
import type { Place } from './place.ts';
import { createSubscriberQueue } from './subscriberQueue.ts';
import type { SubscriberQueue } from './subscriberQueue.ts';

export interface StreamMeter {
  reader(change: 1 | -1): void;
  frame(type: SessionFrame['type']): void;
}

export interface SessionStreamPorts extends SessionDtoPorts {
  readonly manager: Pick<SessionManager, 'present'>;
  readonly log: SessionLog;
  readonly bus: LocalBus;
  readonly live: Pick<LiveSessions, 'arrive'>;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Told of every frame, and when a reader comes and goes. */
  readonly meter: StreamMeter;
}

/** A frame with the seq of the last event delivered so far: the cursor from which a reader can go on. */
export interface StreamedFrame<Frame> {
  readonly id: string;
  readonly frame: Frame;
}

/** How a reader is reached, and when it has gone. */
export interface Reader {
  readonly signal: AbortSignal | undefined;
  readonly backpressure: Backpressure | null;
}

export interface FollowRequest {
  readonly principal: Principal;
  readonly sessionId: string;
  readonly lastEventId: string | null;
  readonly reader: Reader;
}

export type FrameStream = AsyncGenerator<StreamedFrame<SessionFrame>, void, undefined>;

export interface SessionStream {
  /**
   * Everything after the cursor, exactly once and in order, then whatever happens. Does not end by itself. Throws
   * ApiErrors; whoever calls has authorised.
   */
  follow(request: FollowRequest): FrameStream;
}

/** Events and signals held for one slow reader; beyond it the log is read instead. */
const QUEUE_LIMIT = 512;
/** Text that is being written goes out about ten times a second. */
const DRAFT_INTERVAL_MS = 100;

/** One reader's way through a session. */
interface Follower {
  readonly ports: SessionStreamPorts;
  readonly request: FollowRequest;
  readonly queue: SubscriberQueue;
  readonly place: Place;
  /** The seq of the last event handed to the transport. */
  cursor: number;
  /** What the reader was last told of the session's status. */
  toldStatus: SessionStatus | null;
  lastDraftAt: number;
}

export function createSessionStream(ports: SessionStreamPorts): SessionStream {
  return { follow: (request) => follow(ports, request) };
}

async function* follow(ports: SessionStreamPorts, request: FollowRequest): FrameStream {
  const { principal, sessionId, lastEventId, reader } = request;
  const queue = createSubscriberQueue(QUEUE_LIMIT);
  const place = createPlace(ports.live, principal.playerId);
  const follower: Follower = {
    ports,
    request,
    queue,
    place,
    cursor: readCursor(lastEventId),
    toldStatus: null,
    lastDraftAt: 0,
  };
  // Attached before the log is read: what happens in between is in the queue, and known by its seq.
  const detach = ports.bus.subscribe(sessionId, queue.push);
  reader.signal?.addEventListener('abort', queue.wake);
  ports.meter.reader(1);
  try {
    assertNotAhead(follower.cursor, (await present(follower)).lastSeq);
    yield* sendMeta(follower);
    yield* catchUp(follower);
    yield* tellStatus(follower);
    while (!isGone(follower)) {
      yield* sendPending(follower);
      if (!isGone(follower)) await somethingNew(follower);
    }
  } finally {
    detach();
    reader.signal?.removeEventListener('abort', queue.wake);
    place.leave();
    ports.meter.reader(-1);
  }
}

function isGone({ request }: Follower): boolean {
  return request.reader.signal?.aborted === true;
}

async function present({ ports, request, place }: Follower): Promise<SessionPresent> {
  const present = await ports.manager.present(request.sessionId);
  if (present === null) throw new ApiError('session/not-found', 'There is no such session.');
  place.keep(present);
  return present;
}

/** The frame, once the reader has room for it; nothing when it has gone. */
async function* send(follower: Follower, frame: SessionFrame): FrameStream {
  const { signal, backpressure } = follower.request.reader;
  const isReady = backpressure === null || (await backpressure.ready(signal));
  if (isGone(follower)) return;
  if (!isReady) {
    const message = 'You fell too far behind. Subscribe again with the id of the last frame you got.';
    throw new ApiError('stream/too-slow', message, { retryable: true });
  }
  follower.ports.meter.frame(frame.type);
  yield { id: String(follower.cursor), frame };
}

async function* sendMeta(follower: Follower): FrameStream {
  const { ports, request } = follower;
  const frame = await metaFrame(ports, await present(follower), request.principal);
  follower.toldStatus = frame.session.status;
  yield* send(follower, frame);
}

/** The status, if it is not what the reader was told last. Asked of the present: events that are read may be old. */
async function* tellStatus(follower: Follower): FrameStream {
  const { status, exitReason } = await present(follower);
  if (status === follower.toldStatus) return;
  follower.toldStatus = status;
  yield* send(follower, { type: 'status', status, ...(exitReason === null ? {} : { reason: exitReason }) });
}

async function* sendEvents(follower: Follower, events: readonly SessionEvent[]): FrameStream {
  for (const batch of batchesOf(events)) {
    const frame = eventsFrame(batch, await present(follower), follower.request.principal);
    if (isGone(follower)) return;
    follower.cursor = batch.at(-1)?.seq ?? follower.cursor;
    yield* send(follower, frame);
  }
}

/** Reads the log from the cursor to its end. */
async function* catchUp(follower: Follower): FrameStream {
  for (;;) {
    const page = await follower.ports.log.read(follower.request.sessionId, follower.cursor, MOST_EVENTS);
    yield* sendEvents(follower, page);
    if (page.length < MOST_EVENTS || isGone(follower)) return;
  }
}

/** What goes on right after the cursor; with a gap the run ends before it. Repetitions are left out. */
function runAfter(cursor: number, events: readonly SessionEvent[]): { run: SessionEvent[]; hasGap: boolean } {
  const run: SessionEvent[] = [];
  for (const event of events) {
    const next = cursor + run.length + 1;
    if (event.seq > next) return { run, hasGap: true };
    if (event.seq === next) run.push(event);
  }
  return { run, hasGap: false };
}

async function* sendLive(follower: Follower, events: readonly SessionEvent[]): FrameStream {
  const fresh = events.filter((event) => event.seq > follower.cursor);
  const { run, hasGap } = runAfter(follower.cursor, fresh);
  yield* sendEvents(follower, run);
  // The bus is a hint and the log the truth: what is missing is read.
  if (hasGap) yield* catchUp(follower);
  yield* tellStatus(follower);
  if (changesSeats(fresh)) yield* sendMeta(follower);
}

function draftDue({ ports, lastDraftAt }: Follower): number {
  return lastDraftAt + DRAFT_INTERVAL_MS - ports.clock.now();
}

async function* sendPending(follower: Follower): FrameStream {
  const { queue, ports } = follower;
  for (;;) {
    if (queue.takeOverflow()) {
      yield* catchUp(follower);
      yield* sendMeta(follower);
    }
    const item = queue.take(draftDue(follower) <= 0);
    if (item === null || isGone(follower)) return;
    if (item.type === 'draft') follower.lastDraftAt = ports.clock.now();
    yield* item.type === 'events'
      ? sendLive(follower, item.events)
      : send(follower, signalFrame(item.signal));
  }
}

/** Until something came, a draft is due, or the reader has gone; what happens in one go then goes in one frame. */
async function somethingNew(follower: Follower): Promise<void> {
  const { queue, ports } = follower;
  const timer = queue.hasDraft ? ports.timers.after(draftDue(follower), queue.wake) : null;
  await queue.changed();
  timer?.cancel();
  await new Promise((resolve) => setImmediate(resolve));
}
