import type { SessionEvent, SessionPresent, SessionStatus, Signal, Viewer } from '@dcs/engine';
import type { DraftFrame, EventsFrame, MetaFrame, StatusFrame, TurnFrame } from '../dto.ts';
import type { Principal } from '../services/authorise.ts';
import { eventDto } from '../services/eventDto.ts';
import { sessionDto, viewerOf } from '../services/sessionDto.ts';
import type { SessionDtoPorts } from '../services/sessionDto.ts';

export async function metaFrame(
  ports: SessionDtoPorts,
  present: SessionPresent,
  principal: Principal,
): Promise<MetaFrame> {
  const view = present.view(viewerOf(principal, present.seats));
  return { type: 'meta', session: await sessionDto(ports, present, principal), view };
}

/** The view is left out unless it shows the state just after these events: the next frame will bring it. */
export function eventsFrame(
  events: readonly SessionEvent[],
  present: SessionPresent,
  viewer: Viewer,
): EventsFrame {
  const { feedback } = present;
  const shown = events.map((event) => eventDto(event, viewer, feedback));
  const frame: EventsFrame = { type: 'events', events: shown };
  return events.at(-1)?.seq === present.lastSeq ? { ...frame, view: present.view(viewer) } : frame;
}

/** Of a session that those who run it have paused. */
const HELD = 'held';

export function statusFrame({ status, exitReason, held }: SessionPresent): StatusFrame {
  const reason = exitReason ?? (held === null ? null : HELD);
  return { type: 'status', status, ...(reason === null ? {} : { reason }) };
}

interface Told {
  readonly status: SessionStatus;
  readonly held: { readonly reason: string } | null;
}

/** What a reader is told of the status, as one text: told again when it is another. */
export const toldOf = ({ status, held }: Told): string =>
  held === null ? status : `${status}, ${HELD}: ${held.reason}`;

export function signalFrame(signal: Signal): DraftFrame | TurnFrame {
  switch (signal.type) {
    case 'draft':
      return signal;
    case 'turn': {
      const { exitReason, ...turn } = signal;
      return exitReason === null ? turn : { ...turn, exitReason };
    }
    default: {
      const unreachable: never = signal;
      return unreachable;
    }
  }
}

/** Whether somebody sat down or got up: readers are then told who sits where. */
export function changesSeats(events: readonly SessionEvent[]): boolean {
  return events.some((event) => event.kind === 'seat_taken' || event.kind === 'seat_released');
}
