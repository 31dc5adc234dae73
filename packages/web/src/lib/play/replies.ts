import type { EventDto, FeedbackDto } from '@dcs/api';

/** A reply of a character that counts, and what the reader thinks of it. */
export interface Reply {
  readonly seq: number;
  readonly eventId: string;
  readonly feedback: FeedbackDto | null;
}

function toSeqOf({ kind, data }: EventDto): number | null {
  const toSeq = kind === 'rolled_back' ? data?.['toSeq'] : undefined;
  return typeof toSeq === 'number' ? toSeq : null;
}

/** What feedback can be given on, by `seq`: what a character has said, as far as it has not been taken back. */
export function repliesIn(events: readonly EventDto[]): ReadonlyMap<number, Reply> {
  const replies = new Map<number, Reply>();
  for (const event of events) {
    const toSeq = toSeqOf(event);
    if (toSeq !== null) {
      for (const seq of replies.keys()) if (seq > toSeq) replies.delete(seq);
    }
    const { seq, eventId, feedback = null } = event;
    const isReply = event.direction === 'outbound' && event.source === 'npc' && event.kind === 'message';
    if (isReply) replies.set(seq, { seq, eventId, feedback });
  }
  return replies;
}
