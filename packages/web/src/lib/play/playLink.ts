import type { CommandReplyDto, SessionFrame } from '@dcs/api';

/** How things stand with the server, as the page tells it. */
export type LinkState = 'connecting' | 'open' | 'reconnecting' | 'refused';

/** Why something asked of the server did not happen. */
export interface Problem {
  readonly reason: string;
  readonly message: string;
  /** Whether the same, sent again, may succeed. */
  readonly retryable: boolean;
}

export type Answer = ({ readonly ok: true } & CommandReplyDto) | ({ readonly ok: false } & Problem);

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
  open(): Promise<Answer | { readonly ok: true }>;
  act(commandId: string, text: string): Promise<Answer>;
  close(commandId: string): Promise<{ readonly ok: true } | ({ readonly ok: false } & Problem)>;
  stop(): void;
}
