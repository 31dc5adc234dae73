import type { JsonValue } from '@dcs/engine';
import type { EventDto, SessionDto, SessionFrame } from '../dto.ts';
import { feedbackNewsIn, withNews } from './feedback.ts';

/** What a client knows of a session so far. */
export interface Transcript {
  /** Every event, in order and without gaps. */
  readonly events: readonly EventDto[];
  readonly session: SessionDto | null;
  /** The game's picture of its state for this reader. */
  readonly view: JsonValue | null;
  /** The reply as far as it is written, or `null`. */
  readonly draft: string | null;
  /** No more events will come. */
  readonly isOver: boolean;
  readonly failure: unknown;
  apply(frame: SessionFrame): void;
  fail(error: unknown): void;
  /** The stream ended of itself. */
  end(): void;
  /** Resolves with the next change. */
  changed(): Promise<void>;
}

export function createTranscript(): Transcript {
  const events: EventDto[] = [];
  let session: SessionDto | null = null;
  let view: JsonValue | null = null;
  let draft: string | null = null;
  let isOver = false;
  let failure: unknown = null;
  let waiting: (() => void)[] = [];

  function wake(): void {
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
  }

  function lastSeq(): number {
    return events.at(-1)?.seq ?? 0;
  }

  function revise(change: Partial<SessionDto>): void {
    if (session !== null) session = { ...session, ...change };
  }

  /** A reply shows what is thought of it by now. */
  function heed(event: EventDto): void {
    const news = feedbackNewsIn(event);
    const index = news === null ? -1 : events.findIndex(({ seq }) => seq === news.replySeq);
    const reply = events[index];
    if (news !== null && reply !== undefined) events[index] = withNews(reply, news);
  }

  /** What the latest picture already shows is not applied again. */
  function heedHold({ seq, at, kind, data }: EventDto): void {
    if (session === null || seq <= session.lastSeq) return;
    const reason = data?.['reason'];
    const held = { since: session.held?.since ?? at, reason: typeof reason === 'string' ? reason : '' };
    if (kind === 'session_held') revise({ held });
    if (kind === 'session_released' || kind === 'session_end') revise({ held: null });
  }

  function add(added: readonly EventDto[]): void {
    // Events up to the cursor were delivered by the stream before it was resumed.
    const fresh = added.filter((event) => event.seq > lastSeq());
    events.push(...fresh);
    for (const event of fresh) {
      heed(event);
      heedHold(event);
    }
    draft = null;
    revise({ lastSeq: lastSeq() });
    if (added.some((event) => event.kind === 'session_end')) isOver = true;
  }

  function apply(frame: SessionFrame): void {
    switch (frame.type) {
      case 'meta':
        session = frame.session;
        view = frame.view ?? view;
        if (frame.session.status === 'closed' && lastSeq() >= frame.session.lastSeq) isOver = true;
        return;
      case 'events':
        view = frame.view ?? view;
        return add(frame.events);
      case 'draft':
        draft = frame.text;
        return;
      case 'turn':
        if (frame.phase === 'ended') draft = null;
        return revise({ turns: frame.turns, exited: frame.exited, exitReason: frame.exitReason ?? null });
      case 'status':
        return revise({ status: frame.status });
      default: {
        const unreachable: never = frame;
        return unreachable;
      }
    }
  }

  return {
    events,
    get session() {
      return session;
    },
    get view() {
      return view;
    },
    get draft() {
      return draft;
    },
    get isOver() {
      return isOver;
    },
    get failure() {
      return failure;
    },
    apply: (frame) => {
      apply(frame);
      wake();
    },
    fail: (error) => {
      failure = error;
      wake();
    },
    end: () => {
      isOver = true;
      wake();
    },
    changed: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
      }),
  };
}
