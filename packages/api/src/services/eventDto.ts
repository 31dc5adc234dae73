import { visibleEvent } from '@dcs/engine';
import type { CommandReply, SessionEvent, Viewer } from '@dcs/engine';
import type { CommandReplyDto, EventDto } from '../dto.ts';

/** An event as its reader gets it. What is absent is left out: most events have no command and no data. */
export function eventDto(event: SessionEvent, viewer: Viewer): EventDto {
  const { seq, eventId, at, turn, direction, source, kind, content, format, ...rest } = visibleEvent(
    event,
    viewer,
  );
  return {
    seq,
    eventId,
    at: new Date(at).toISOString(),
    turn,
    direction,
    source,
    kind,
    content,
    format,
    ...(rest.seat === null ? {} : { seat: rest.seat }),
    ...(rest.command === null ? {} : { command: rest.command }),
    ...(rest.data === null ? {} : { data: rest.data }),
    ...(rest.commandId === null ? {} : { commandId: rest.commandId }),
  };
}

export function commandReplyDto({
  accepted,
  turns,
  exited,
  exitReason,
  lastSeq,
}: CommandReply): CommandReplyDto {
  return { accepted, turns, exited, exitReason, lastSeq };
}
