import type { SessionEvent, SessionSnapshot, Signal } from '@dcs/engine';
import type { DraftFrame, EventsFrame, MetaFrame, StatusFrame, TurnFrame } from '../dto.ts';
import type { Principal } from '../services/authorise.ts';
import { eventDto } from '../services/eventDto.ts';
import { sessionDto, viewerOf } from '../services/sessionDto.ts';
import type { SessionDtoPorts } from '../services/sessionDto.ts';

export async function metaFrame(
  ports: SessionDtoPorts,
  snapshot: SessionSnapshot,
  principal: Principal,
): Promise<MetaFrame> {
  const view = snapshot.view(viewerOf(principal, snapshot.seats));
  return { type: 'meta', session: await sessionDto(ports, snapshot, principal), view };
}

/** The view is left out unless it shows the state just after these events: the next frame will bring it. */
export function eventsFrame(
  events: readonly SessionEvent[],
  snapshot: SessionSnapshot,
  principal: Principal,
): EventsFrame {
  const viewer = viewerOf(principal, snapshot.seats);
  const frame: EventsFrame = { type: 'events', events: events.map((event) => eventDto(event, viewer)) };
  return events.at(-1)?.seq === snapshot.lastSeq ? { ...frame, view: snapshot.view(viewer) } : frame;
}

export function signalFrame(signal: Signal): DraftFrame | TurnFrame | StatusFrame {
  switch (signal.type) {
    case 'draft':
      return signal;
    case 'turn': {
      const { exitReason, ...turn } = signal;
      return exitReason === null ? turn : { ...turn, exitReason };
    }
    case 'status': {
      const { reason, ...status } = signal;
      return reason === null ? status : { ...status, reason };
    }
    default: {
      const unreachable: never = signal;
      return unreachable;
    }
  }
}

/** The status that the last lifecycle event among these brought about, if there is one. */
export function statusFrameAfter(events: readonly SessionEvent[]): StatusFrame | null {
  for (const event of events.toReversed()) {
    if (event.kind === 'session_start' || event.kind === 'session_resumed')
      return { type: 'status', status: 'active' };
    if (event.kind === 'session_paused') return { type: 'status', status: 'paused' };
    if (event.kind === 'session_end') {
      const reason = event.data?.['reason'];
      return { type: 'status', status: 'closed', ...(typeof reason === 'string' ? { reason } : {}) };
    }
  }
  return null;
}

/** Whether somebody sat down or got up: readers are then told who sits where. */
export function changesSeats(events: readonly SessionEvent[]): boolean {
  return events.some((event) => event.kind === 'seat_taken' || event.kind === 'seat_released');
}
