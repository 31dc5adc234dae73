import { feedbackFor, readFeedback, visibleEvent } from '@dcs/engine';
import type { CommandReply, GivenFeedback, SessionEvent, Viewer } from '@dcs/engine';
import type { CommandReplyDto, EventDto } from '../dto.ts';
import { feedbackDto } from './feedbackDto.ts';

/**
 * An event as its reader gets it. What is absent is left out: most events have no command and no data. `feedback` is all
 * that is thought of the replies of the session.
 */
export function eventDto(
  event: SessionEvent,
  viewer: Viewer,
  feedback: readonly GivenFeedback[] = [],
): EventDto {
  const { seq, eventId, at, turn, direction, source, kind, content, format, ...rest } = visibleEvent(
    event,
    viewer,
  );
  const given = kind === 'feedback' ? readFeedback(event).given : feedbackFor(feedback, seq, viewer);
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
    ...(given === null ? {} : { feedback: feedbackDto(given) }),
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
