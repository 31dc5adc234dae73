import { SequenceConflict } from '../ports.ts';
import type { SessionLog } from '../ports.ts';
import { eventIdOf } from './event.ts';
import type { SessionEvent } from './event.ts';
import { branched } from './lifecycle.ts';
import { seatOf } from './seat.ts';
import type { SessionHeader } from './session.ts';
import { evolveClock, UNPLAYED } from './sessionClock.ts';

/** Few enough for one write. */
const COPY_BATCH = 200;

type Parent = NonNullable<SessionHeader['parent']>;

interface CopyPorts {
  readonly log: SessionLog;
}

/**
 * Gives a branch its log: a copy of the parent's up to where they part, then the event that says so. Does nothing for
 * a session that is no branch, or whose log is complete. The copy follows from header and parent alone, so that it can
 * be cut off anywhere and finished by anyone, also by two at once.
 */
export async function finishBranch({ log }: CopyPorts, header: SessionHeader): Promise<void> {
  const { parent } = header;
  if (parent === null) return;
  for (;;) {
    const [own] = await log.read(header.sessionId, parent.seq, 1);
    if (own !== undefined) return;
    try {
      return await copyRest(log, header, parent);
    } catch (fault) {
      // Someone else is copying, too, and has come further.
      if (!(fault instanceof SequenceConflict)) throw fault;
    }
  }
}

async function copyRest(log: SessionLog, header: SessionHeader, parent: Parent): Promise<void> {
  let last = await lastEvent(log, header.sessionId);
  while ((last?.seq ?? 0) < parent.seq) {
    const copied = last?.seq ?? 0;
    const events = await log.read(parent.sessionId, copied, Math.min(COPY_BATCH, parent.seq - copied));
    if (events.length === 0)
      throw new Error(`Event ${copied + 1} of session ${parent.sessionId} is missing.`);
    const copies = events.map((event) => copyOf(event, header.sessionId));
    await log.append(copies);
    last = copies.at(-1);
  }
  const first = firstOwnEvent(header, { ...parent, last, played: await playedBefore(log, header) });
  await log.append([first]);
}

/**
 * A branch that stays in the experiment takes the place of its parent: its clock goes on from where the parent's stopped
 * in the end, and not from the last event that they share, or whoever broke off would win time by it.
 */
async function playedBefore(
  log: SessionLog,
  { experimentId, parent }: SessionHeader,
): Promise<{ readonly playedMs?: number }> {
  if (experimentId === undefined || parent === null) return {};
  let clock = UNPLAYED;
  let last: SessionEvent | undefined;
  for (;;) {
    const page: readonly SessionEvent[] = await log.read(parent.sessionId, last?.seq ?? 0, COPY_BATCH);
    for (const event of page) {
      clock = evolveClock(clock, last?.at ?? event.at, event);
      last = event;
    }
    if (page.length < COPY_BATCH) return { playedMs: clock.playedMs };
  }
}

async function lastEvent(log: SessionLog, sessionId: string): Promise<SessionEvent | undefined> {
  let last: SessionEvent | undefined;
  for (;;) {
    const page: readonly SessionEvent[] = await log.read(sessionId, last?.seq ?? 0, COPY_BATCH);
    last = page.at(-1) ?? last;
    if (page.length < COPY_BATCH) return last;
  }
}

/** The same place, time, words and command; only the session is another. */
function copyOf(event: SessionEvent, sessionId: string): SessionEvent {
  return { ...event, sessionId, eventId: eventIdOf(sessionId, event.seq) };
}

interface Parting {
  readonly seq: number;
  /** The last event that was copied. */
  readonly last: SessionEvent | undefined;
  readonly played: { readonly playedMs?: number };
}

function firstOwnEvent(
  { sessionId, ownerId, seats, createdAt }: SessionHeader,
  { seq: atSeq, last, played }: Parting,
): SessionEvent {
  // Not the number after the last: if somebody else was faster, this one is taken already.
  const seq = atSeq + 1;
  return {
    ...branched(seatOf(seats, ownerId), ownerId, { atSeq, ...played }),
    sessionId,
    seq,
    eventId: eventIdOf(sessionId, seq),
    // Wall clocks step back now and then; the log's order must not.
    at: Math.max(createdAt, last?.at ?? createdAt),
    turn: last?.turn ?? 1,
    commandId: null,
    receipt: null,
  };
}
