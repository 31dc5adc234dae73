import type { JsonObject } from '../json.ts';
import type { SeatName } from './seat.ts';

export const DIRECTIONS = ['inbound', 'outbound', 'internal'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const SOURCES = ['user', 'npc', 'system', 'player', 'simulator'] as const;
export type Source = (typeof SOURCES)[number];

const LIFECYCLE_KINDS = [
  'session_start',
  'session_paused',
  'session_resumed',
  'session_held',
  'session_released',
  'session_end',
  'seat_taken',
  'seat_released',
  'rolled_back',
  'branched',
] as const;

export const EVENT_KINDS = [
  'message',
  'action',
  'command',
  'info',
  'warning',
  'error',
  'announcement',
  'fact',
  'validation_violation',
  'feedback',
  'evaluation',
  ...LIFECYCLE_KINDS,
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** What is said beside the game: no turn comes of it, no clock runs for it, and the end of a session does not end it. */
const AFTERWORDS: ReadonlySet<EventKind> = new Set<EventKind>(['feedback', 'evaluation']);

/** What the session core itself writes and folds. */
const CORE: ReadonlySet<EventKind> = new Set<EventKind>([...LIFECYCLE_KINDS, ...AFTERWORDS, 'announcement']);

/** What those who run a session do to it: it neither belongs to a command of a player nor completes one. */
const STEERING: ReadonlySet<EventKind> = new Set<EventKind>([
  'session_held',
  'session_released',
  'announcement',
]);

export const CONTENT_FORMATS = ['text', 'markdown', 'json'] as const;
export type ContentFormat = (typeof CONTENT_FORMATS)[number];

/** Written on the event that completes a command; the reply to a repeated command is read from here. */
export interface Receipt {
  /** Whether the command had the effect its sender wanted. */
  readonly accepted: boolean;
}

/** What a game or the session core wants to record, before the log gives it a place. */
export interface EventDraft {
  readonly direction: Direction;
  readonly source: Source;
  readonly kind: EventKind;
  readonly format: ContentFormat;
  /** What people read: plain text or Markdown; for `json` kinds a short summary, possibly empty. */
  readonly content: string;
  /** The seat that acted or is spoken for, if any. */
  readonly seat: SeatName | null;
  /** Name of the slash command, without the slash. */
  readonly command: string | null;
  readonly data: JsonObject | null;
  /** Who may see it: `null` everyone in the session, a list only those seats, an empty list no seat at all. */
  readonly audience: readonly SeatName[] | null;
}

/** One entry of a session's log. `seq` is contiguous from 1; `at` (epoch ms) never decreases along it. */
export interface SessionEvent extends EventDraft {
  readonly sessionId: string;
  readonly seq: number;
  readonly eventId: string;
  readonly at: number;
  /** The turn being played when the event was recorded, from 1. */
  readonly turn: number;
  /** The command that caused it, or `null` for what the engine did by itself. */
  readonly commandId: string | null;
  readonly receipt: Receipt | null;
}

/** Follows from the place in the log, which is unique, so that no second index has to watch over it. */
export function eventIdOf(sessionId: string, seq: number): string {
  return `${sessionId}:${seq}`;
}

/** The number in an id that `eventIdOf` made for this session; `null` for any other id. */
export function seqOf(sessionId: string, eventId: string): number | null {
  const seq = Number(eventId.slice(sessionId.length + 1));
  return Number.isSafeInteger(seq) && seq > 0 && eventIdOf(sessionId, seq) === eventId ? seq : null;
}

/** Whether it is for a game to fold. The other events are the session core's own: no game writes them or learns of them. */
export function isOfGame(event: Pick<EventDraft, 'kind'>): boolean {
  return !CORE.has(event.kind);
}

/** Whether those who run the session have recorded it. The end of a session is like any other end. */
export function isSteering(event: Pick<EventDraft, 'kind'>): boolean {
  return STEERING.has(event.kind);
}

/** Whether it may be recorded of a session that is over. Nothing else may. */
export function isAfterword(event: Pick<EventDraft, 'kind'>): boolean {
  return AFTERWORDS.has(event.kind);
}

type EventClass = Pick<EventDraft, 'direction' | 'source' | 'kind' | 'format'>;

const lifecycleClasses: readonly EventClass[] = LIFECYCLE_KINDS.map((kind) => ({
  direction: 'internal',
  source: 'system',
  kind,
  format: 'text',
}));

/** The whole vocabulary of a log: anything outside this table is a fault in the program, never recorded. */
export const EVENT_CLASSES: readonly EventClass[] = [
  ...lifecycleClasses,
  { direction: 'internal', source: 'system', kind: 'fact', format: 'json' },
  { direction: 'internal', source: 'player', kind: 'validation_violation', format: 'json' },
  { direction: 'internal', source: 'simulator', kind: 'validation_violation', format: 'json' },
  { direction: 'internal', source: 'user', kind: 'feedback', format: 'json' },
  { direction: 'internal', source: 'system', kind: 'evaluation', format: 'json' },
  { direction: 'inbound', source: 'user', kind: 'message', format: 'text' },
  { direction: 'inbound', source: 'user', kind: 'command', format: 'text' },
  { direction: 'inbound', source: 'user', kind: 'action', format: 'json' },
  { direction: 'outbound', source: 'npc', kind: 'message', format: 'markdown' },
  { direction: 'outbound', source: 'npc', kind: 'action', format: 'json' },
  { direction: 'outbound', source: 'system', kind: 'command', format: 'markdown' },
  { direction: 'outbound', source: 'system', kind: 'info', format: 'markdown' },
  { direction: 'outbound', source: 'system', kind: 'warning', format: 'markdown' },
  { direction: 'outbound', source: 'system', kind: 'error', format: 'markdown' },
  { direction: 'outbound', source: 'system', kind: 'announcement', format: 'text' },
];

const classKey = (c: EventClass): string => `${c.direction}/${c.source}/${c.kind}/${c.format}`;
const KNOWN_CLASSES = new Set(EVENT_CLASSES.map(classKey));

/** Whether the log's vocabulary has this combination of direction, source, kind and format. */
export function isClassified(draft: EventClass): boolean {
  return KNOWN_CLASSES.has(classKey(draft));
}
