import type { JsonObject } from '../json.ts';
import type { EventDraft, EventKind } from './event.ts';
import type { SeatName } from './seat.ts';

/*
 * Constructors for the events a game may record. They fix direction, source and format, so that a game
 * states only what happened; the vocabulary stays in event.ts.
 */

const BLANK = { seat: null, command: null, data: null, audience: null } as const;

export function playerMessage(seat: SeatName, text: string): EventDraft {
  return {
    ...BLANK,
    direction: 'inbound',
    source: 'user',
    kind: 'message',
    format: 'text',
    content: text,
    seat,
  };
}

/** `text` is the whole line as typed; `name` the command it stands for, without the slash. */
export function playerCommand(seat: SeatName, name: string, text: string): EventDraft {
  return {
    ...BLANK,
    direction: 'inbound',
    source: 'user',
    kind: 'command',
    format: 'text',
    content: text,
    seat,
    command: name,
  };
}

/** `summary` is what a person reads in a transcript; `data` is the action itself. */
export function playerAction(seat: SeatName, data: JsonObject, summary: string): EventDraft {
  return {
    ...BLANK,
    direction: 'inbound',
    source: 'user',
    kind: 'action',
    format: 'json',
    content: summary,
    seat,
    data,
  };
}

export function npcMessage(seat: SeatName, markdown: string, data: JsonObject | null = null): EventDraft {
  return {
    ...BLANK,
    direction: 'outbound',
    source: 'npc',
    kind: 'message',
    format: 'markdown',
    content: markdown,
    seat,
    data,
  };
}

/** An action decided by a model or a computer player. */
export function npcAction(seat: SeatName, data: JsonObject, summary: string): EventDraft {
  return {
    ...BLANK,
    direction: 'outbound',
    source: 'npc',
    kind: 'action',
    format: 'json',
    content: summary,
    seat,
    data,
  };
}

function notice(kind: EventKind, markdown: string, data: JsonObject | null): EventDraft {
  return {
    ...BLANK,
    direction: 'outbound',
    source: 'system',
    kind,
    format: 'markdown',
    content: markdown,
    data,
  };
}

export const info = (markdown: string, data: JsonObject | null = null): EventDraft =>
  notice('info', markdown, data);
export const warning = (markdown: string, data: JsonObject | null = null): EventDraft =>
  notice('warning', markdown, data);
/** `data.reason` names what went wrong as a stable string. */
export const error = (markdown: string, data: { readonly reason: string } & JsonObject): EventDraft =>
  notice('error', markdown, data);

export function commandReply(name: string, markdown: string): EventDraft {
  return { ...notice('command', markdown, null), command: name };
}

/**
 * Something that chance or the rules decided. `audience` as in EventDraft: dice that all see are `null`,
 * a dealt hand names its seat.
 */
export function fact(data: JsonObject, summary: string, audience: readonly SeatName[] | null): EventDraft {
  return {
    ...BLANK,
    direction: 'internal',
    source: 'system',
    kind: 'fact',
    format: 'json',
    content: summary,
    data,
    audience,
  };
}

/** A judge's rejection, kept for researchers; no seat sees it. */
export function validationViolation(by: 'player' | 'simulator', data: JsonObject): EventDraft {
  return {
    ...BLANK,
    direction: 'internal',
    source: by,
    kind: 'validation_violation',
    format: 'json',
    content: '',
    data,
    audience: [],
  };
}
