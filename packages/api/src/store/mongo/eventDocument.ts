import { eventIdOf, markPersisted } from '@dcs/engine';
import type { JsonObject, Persisted, SessionEvent } from '@dcs/engine';
import type { Models } from '../../../../../prisma/contract.d.ts';

type Row = Omit<Models.unbound_SessionEvent, '_id'>;

/** An event as the contract stores it. What says nothing is left out, since every byte is written and synced. */
export interface EventDocument extends Partial<Row> {
  readonly sessionId: string;
  readonly seq: number;
  readonly at: Date;
  readonly turn: number;
  readonly direction: SessionEvent['direction'];
  readonly source: SessionEvent['source'];
  readonly kind: SessionEvent['kind'];
  readonly format: SessionEvent['format'];
  readonly content: string;
}

export function toEventDocument(event: SessionEvent): EventDocument {
  const { content, seat, command, data, audience, commandId, receipt } = event;
  return {
    sessionId: event.sessionId,
    seq: event.seq,
    ...(event.eventId === eventIdOf(event.sessionId, event.seq) ? {} : { eventId: event.eventId }),
    at: new Date(event.at),
    turn: event.turn,
    direction: event.direction,
    source: event.source,
    kind: event.kind,
    format: event.format,
    ...contentFields(content),
    ...(seat === null ? {} : { seat }),
    ...(command === null ? {} : { command }),
    ...(data === null ? {} : { dataJson: JSON.stringify(data) }),
    ...(audience === null ? {} : { audience }),
    ...(commandId === null ? {} : { commandId }),
    ...(receipt === null ? {} : { accepted: receipt.accepted }),
  };
}

/** BSON strings are UTF-8, in which half of a surrogate pair cannot be written; JSON can escape it. */
function contentFields(content: string): Pick<EventDocument, 'content' | 'contentJson'> {
  if (content.isWellFormed()) return { content };
  return { content: content.toWellFormed(), contentJson: JSON.stringify(content) };
}

export function fromEventDocument(document: EventDocument): Persisted<SessionEvent> {
  const { contentJson, dataJson, accepted } = document;
  return markPersisted({
    sessionId: document.sessionId,
    seq: document.seq,
    eventId: document.eventId ?? eventIdOf(document.sessionId, document.seq),
    at: document.at.getTime(),
    turn: document.turn,
    direction: document.direction,
    source: document.source,
    kind: document.kind,
    format: document.format,
    content: contentJson ? parseText(contentJson) : document.content,
    seat: document.seat ?? null,
    command: document.command ?? null,
    data: dataJson ? parseObject(dataJson) : null,
    audience: document.audience ?? null,
    commandId: document.commandId ?? null,
    receipt: typeof accepted === 'boolean' ? { accepted } : null,
  });
}

const parseText = (json: string): string => JSON.parse(json);
const parseObject = (json: string): JsonObject => JSON.parse(json);
