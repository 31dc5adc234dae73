import type { EventDto, FeedbackDto } from '../dto.ts';

/** What a client says of a reply: whether it is liked, and if not, what is wrong with it. */
export interface Opinion {
  readonly liked: boolean;
  /** At most 500 characters. */
  readonly comment?: string;
  readonly doesntMakeSense?: boolean;
  readonly outOfCharacter?: boolean;
  readonly other?: boolean;
}

/** What the reader thinks of a reply from now on: nothing more, if `null`. */
export interface FeedbackNews {
  /** The `seq` of the reply. */
  readonly replySeq: number;
  readonly feedback: FeedbackDto | null;
}

/** What an event says of an earlier reply; `null` for an event that says nothing of the kind. */
export function feedbackNewsIn({ kind, data, feedback }: EventDto): FeedbackNews | null {
  const replySeq = kind === 'feedback' ? data?.['replySeq'] : undefined;
  return typeof replySeq === 'number' ? { replySeq, feedback: feedback ?? null } : null;
}

/** The reply as it stands after the news. */
export function withNews({ feedback: _before, ...reply }: EventDto, { feedback }: FeedbackNews): EventDto {
  return feedback === null ? reply : { ...reply, feedback };
}
