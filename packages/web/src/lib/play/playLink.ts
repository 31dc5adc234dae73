import type { CommandReplyDto, FeedbackDto, SessionFrame } from '@dcs/api';
import type { Opinion } from '@dcs/api/client';
import type { Answered, Problem } from '#lib/answered.ts';

/** How things stand with the server, as the page tells it. */
export type LinkState = 'connecting' | 'open' | 'reconnecting' | 'refused';

/** What is recorded of a reply now, and by which event. */
export interface GivenFeedback {
  readonly feedback: FeedbackDto | null;
  readonly lastSeq: number;
}

export type Answer = Answered<CommandReplyDto>;

export interface PlayListener {
  frame(frame: SessionFrame): void;
  state(state: LinkState): void;
  /** The stream ended for good; nothing more will come. */
  ended(problem: Problem): void;
}

/**
 * One session on the wire. It reconnects by itself and goes on after the last event that was delivered. Commands are sent again
 * after a drop, with their own id, so that they happen once; nothing here rejects.
 */
export interface PlayLink {
  start(afterSeq: number, listener: PlayListener): void;
  /** Has the first scene written, once. */
  open(): Promise<Answered<object>>;
  act(commandId: string, text: string): Promise<Answer>;
  close(commandId: string): Promise<Answered<object>>;
  /** Also for a session that is not followed, such as one that has ended. */
  giveFeedback(eventId: string, opinion: Opinion | null): Promise<Answered<GivenFeedback>>;
  stop(): void;
}
