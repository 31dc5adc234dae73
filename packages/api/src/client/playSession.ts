import type { JsonValue } from '@dcs/engine';
import type { TRPCClient } from '@trpc/client';
import type { CommandReplyDto, EventDto, FeedbackDto, SessionDto } from '../dto.ts';
import type { AppRouter } from '../routers/app.ts';
import type { BackoffOptions } from './backoff.ts';
import { DcsError } from './dcsError.ts';
import type { Opinion } from './feedback.ts';
import { newCommandId } from './ids.ts';
import { retrying } from './retrying.ts';
import { createTranscript } from './transcript.ts';
import type { Transcript } from './transcript.ts';

/** What somebody does: words, or a structured action of a rules game. */
export type Move = string | { readonly action: JsonValue };

/** The answer to a move, with the events that came of it. */
export interface MoveReply extends CommandReplyDto {
  readonly events: readonly EventDto[];
}

/** A session that this client follows. Events arrive by themselves, whatever happens to the connection. */
export interface PlaySession {
  readonly sessionId: string;
  /** Everything that has arrived, in order and without gaps. */
  readonly transcript: readonly EventDto[];
  /** The latest picture of the session; `null` until the first has arrived. */
  readonly session: SessionDto | null;
  /** The game's picture of its state for this player, such as a hand of cards; what it holds is up to the game. */
  readonly view: JsonValue | null;
  /** The reply as far as it is written, or `null`. */
  readonly draft: string | null;
  /** The first picture of the session, as soon as it is here. */
  ready(): Promise<SessionDto>;
  /** Resolves when everything up to `seq` is here. */
  arrived(seq: number): Promise<void>;
  /** All events, past and to come, each exactly once; ends when the session ends or is left. */
  events(options?: { readonly afterSeq?: number }): AsyncIterable<EventDto>;
  /** Makes a move and waits until its events are here. Safe against lost connections: it is played once. */
  act(move: Move): Promise<MoveReply>;
  /** Ends the session. */
  close(): Promise<CommandReplyDto>;
  /** Says what this player thinks of a reply, by its event id, in the place of what was said before. */
  giveFeedback(eventId: string, opinion: Opinion): Promise<FeedbackDto>;
  /** Takes back what this player said of a reply. */
  clearFeedback(eventId: string): Promise<void>;
  /** Stops following; the session goes on, and can be joined again. */
  leave(): void;
}

export interface PlaySessionOptions {
  readonly trpc: TRPCClient<AppRouter>;
  readonly sessionId: string;
  readonly backoff: BackoffOptions;
}

/** Follows a session. */
export function createPlaySession({ trpc, sessionId, backoff }: PlaySessionOptions): PlaySession {
  const transcript = createTranscript();
  const subscription = trpc.play.events.subscribe(
    { sessionId },
    {
      onData: ({ data }) => transcript.apply(data),
      onError: (error) => transcript.fail(error),
      onComplete: () => transcript.end(),
    },
  );

  return {
    sessionId,
    transcript: transcript.events,
    get session() {
      return transcript.session;
    },
    get view() {
      return transcript.view;
    },
    get draft() {
      return transcript.draft;
    },
    ready: () => firstPicture(transcript),
    arrived: (seq) => arrived(transcript, seq),
    events: ({ afterSeq = 0 } = {}) => eventsAfter(transcript, afterSeq),
    act: async (move) => {
      const commandId = newCommandId();
      const before = transcript.events.at(-1)?.seq ?? 0;
      const input = typeof move === 'string' ? { text: move } : { action: move.action };
      const reply = await retrying(() => trpc.play.act.mutate({ sessionId, commandId, ...input }), backoff);
      await arrived(transcript, reply.lastSeq);
      const events = transcript.events.filter(({ seq }) => seq > before && seq <= reply.lastSeq);
      return { ...reply, events };
    },
    close: async () => {
      const commandId = newCommandId();
      const reply = await retrying(() => trpc.play.close.mutate({ sessionId, commandId }), backoff);
      await arrived(transcript, reply.lastSeq);
      return reply;
    },
    giveFeedback: async (eventId, opinion) => {
      const request = { ...opinion, sessionId, eventId, commandId: newCommandId() };
      const reply = await retrying(() => trpc.sessions.setFeedback.mutate(request), backoff);
      await arrived(transcript, reply.lastSeq);
      return reply.feedback;
    },
    clearFeedback: async (eventId) => {
      const request = { sessionId, eventId, commandId: newCommandId() };
      const { lastSeq } = await retrying(() => trpc.sessions.clearFeedback.mutate(request), backoff);
      await arrived(transcript, lastSeq);
    },
    leave: () => {
      subscription.unsubscribe();
      transcript.end();
    },
  };
}

async function* eventsAfter(
  transcript: Transcript,
  afterSeq: number,
): AsyncGenerator<EventDto, void, undefined> {
  let next = transcript.events.findIndex(({ seq }) => seq > afterSeq);
  if (next === -1) next = transcript.events.length;
  for (;;) {
    for (let event = transcript.events[next]; event !== undefined; event = transcript.events[next]) {
      next += 1;
      if (event.seq > afterSeq) yield event;
    }
    if (transcript.failure !== null) throw transcript.failure;
    if (transcript.isOver) return;
    await transcript.changed();
  }
}

async function firstPicture(transcript: Transcript): Promise<SessionDto> {
  for (;;) {
    if (transcript.session !== null) return transcript.session;
    if (transcript.failure !== null) throw transcript.failure;
    if (transcript.isOver)
      throw DcsError.onTheWay('connection/closed', 'The session was left before it arrived.');
    await transcript.changed();
  }
}

/** Until the stream has brought everything up to `seq`. */
async function arrived(transcript: Transcript, seq: number): Promise<void> {
  while ((transcript.events.at(-1)?.seq ?? 0) < seq && !transcript.isOver) {
    if (transcript.failure !== null) throw transcript.failure;
    await transcript.changed();
  }
}
