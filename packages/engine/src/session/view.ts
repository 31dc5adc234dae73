import type { JsonObject } from '../json.ts';
import type { EventKind, SessionEvent } from './event.ts';
import { readFeedback } from './feedback.ts';
import type { Viewer } from './seat.ts';

/** What a viewer gets in the place of an event that is not for its eyes. */
export const WITHHELD = 'withheld';
export type VisibleKind = EventKind | typeof WITHHELD;

/**
 * An event as one viewer may see it. Every viewer gets every `seq`, so that a client can prove that it missed nothing;
 * what it may not see keeps its place and time and loses everything else.
 */
export interface VisibleEvent extends Pick<
  SessionEvent,
  | 'sessionId'
  | 'seq'
  | 'eventId'
  | 'at'
  | 'turn'
  | 'direction'
  | 'source'
  | 'format'
  | 'content'
  | 'seat'
  | 'command'
> {
  readonly kind: VisibleKind;
  readonly data: JsonObject | null;
  /** Only for the seat that sent it, which recognises its own words by it. */
  readonly commandId: string | null;
}

function maySee(event: SessionEvent, viewer: Viewer): boolean {
  if (viewer.seesAll || event.audience === null) return true;
  if (event.kind === 'feedback') return readFeedback(event).playerId === viewer.playerId;
  return viewer.seat !== null && event.audience.includes(viewer.seat);
}

const NAMES_AN_ACCOUNT: ReadonlySet<EventKind> = new Set([
  'seat_taken',
  'branched',
  'feedback',
  'announcement',
  'session_held',
  'session_released',
  'session_end',
]);

/** Who sits where, and what those who run the session do, is public, but not under which account. */
function visibleData(event: SessionEvent, viewer: Viewer): JsonObject | null {
  if (viewer.seesAll || !NAMES_AN_ACCOUNT.has(event.kind) || event.data === null) return event.data;
  return Object.fromEntries(Object.entries(event.data).filter(([key]) => key !== 'playerId'));
}

/** In the log a command stands under its player's name (`player/command`); its sender knows it without. */
function ownCommandId(event: SessionEvent): string | null {
  return event.commandId === null ? null : event.commandId.slice(event.commandId.indexOf('/') + 1);
}

/** The event as `viewer` may see it. Pure. */
export function visibleEvent(event: SessionEvent, viewer: Viewer): VisibleEvent {
  const { sessionId, seq, eventId, at, turn } = event;
  const place = { sessionId, seq, eventId, at, turn };
  if (!maySee(event, viewer)) {
    return {
      ...place,
      direction: 'internal',
      source: 'system',
      kind: WITHHELD,
      format: 'text',
      content: '',
      seat: null,
      command: null,
      data: null,
      commandId: null,
    };
  }
  const { direction, source, kind, format, content, seat, command } = event;
  const isOwn = viewer.seesAll || (seat !== null && seat === viewer.seat);
  const data = visibleData(event, viewer);
  return {
    ...place,
    direction,
    source,
    kind,
    format,
    content,
    seat,
    command,
    data,
    commandId: isOwn ? ownCommandId(event) : null,
  };
}
