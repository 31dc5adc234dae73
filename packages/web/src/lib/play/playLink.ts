import type { CommandReplyDto, SessionFrame } from '@dcs/api';
import type { Answered, Problem } from '#lib/answered.ts';

/** How things stand with the server, as the page tells it. */
export type LinkState = 'connecting' | 'open' | 'reconnecting' | 'refused';

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
  stop(): void;
}
