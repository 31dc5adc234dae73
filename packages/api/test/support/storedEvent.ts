import { markPersisted } from '@dcs/engine';
import type { Persisted, SessionEvent } from '@dcs/engine';

/** What a log gives back: a reply in the session `s` with this number. */
export function storedEvent(seq: number): Persisted<SessionEvent> {
  return markPersisted({
    sessionId: 's',
    seq,
    eventId: `e${seq}`,
    at: seq,
    turn: 1,
    direction: 'outbound',
    source: 'npc',
    kind: 'message',
    format: 'markdown',
    content: `event ${seq}`,
    seat: 'npc',
    command: null,
    data: null,
    audience: null,
    commandId: null,
    receipt: null,
  });
}
