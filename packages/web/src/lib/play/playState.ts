import type { EventDto, SessionDto, SessionFrame } from '@dcs/api';
import { feedbackNewsIn, withNews } from '@dcs/api/client';
import type { FeedbackNews } from '@dcs/api/client';
import { readView, type PlayView } from '#lib/play/playView.ts';

/** What a turn is busy with; `idle` between turns, `reviewing` when what has been written is being checked. */
export type Phase = 'idle' | 'started' | 'checking' | 'writing' | 'reviewing';

/** What the page knows of a session. The frames of the stream are its only source after the first view. */
export interface PlayState {
  readonly session: SessionDto;
  readonly view: PlayView;
  /** In order of `seq`, without gaps or repetitions. */
  readonly events: readonly EventDto[];
  readonly phase: Phase;
  /** The reply as far as it is written. */
  readonly draft: { readonly turn: number; readonly text: string } | null;
}

export function firstState(session: SessionDto, view: unknown, events: readonly EventDto[]): PlayState {
  return { session, view: readView(view), events: withNew([], events), phase: 'idle', draft: null };
}

export function lastSeqOf(events: readonly EventDto[]): number {
  return events.at(-1)?.seq ?? 0;
}

/** Appends what follows; what is already there is left out, so that a repeated delivery changes nothing. */
function withNew(known: readonly EventDto[], incoming: readonly EventDto[]): readonly EventDto[] {
  let last = lastSeqOf(known);
  const fresh = incoming.filter((event) => {
    if (event.seq <= last) return false;
    last = event.seq;
    return true;
  });
  return fresh.length === 0 ? known : fresh.reduce(heed, [...known, ...fresh]);
}

function heed(events: readonly EventDto[], event: EventDto): readonly EventDto[] {
  const news = feedbackNewsIn(event);
  return news === null ? events : withFeedback(events, news);
}

/** A reply shows what is thought of it by now. */
function withFeedback(events: readonly EventDto[], news: FeedbackNews): readonly EventDto[] {
  return events.map((event) => (event.seq === news.replySeq ? withNews(event, news) : event));
}

/** What the reader thinks of a reply, as the answer to a command says that event `recordedAs` records it. */
export function applyFeedback(state: PlayState, news: FeedbackNews, recordedAs: number): PlayState {
  // What the stream has brought already, it may have brought with something newer.
  if (recordedAs <= lastSeqOf(state.events)) return state;
  return { ...state, events: withFeedback(state.events, news) };
}

const endsDraft = (event: EventDto): boolean => event.direction === 'outbound';

export function applyFrame(state: PlayState, frame: SessionFrame): PlayState {
  switch (frame.type) {
    case 'meta': {
      const view = readView(frame.view);
      // After a gap nobody knows how far the text had come; the next frames say.
      const phase = frame.session.status !== 'closed' && view.awaiting ? busyPhase(state.phase) : 'idle';
      return { ...state, session: frame.session, view, phase, draft: phase === 'idle' ? null : state.draft };
    }
    case 'events': {
      const events = withNew(state.events, frame.events);
      const fresh = events.slice(state.events.length);
      const view = frame.view === undefined ? state.view : readView(frame.view);
      const session = fresh.reduce(afterEvent, state.session);
      return { ...state, session, view, events, draft: fresh.some(endsDraft) ? null : state.draft };
    }
    case 'draft':
      return { ...state, phase: 'writing', draft: { turn: frame.turn, text: frame.text } };
    case 'turn': {
      const { turns, exited, exitReason } = frame;
      const session = { ...state.session, turns, exited, exitReason: exitReason ?? state.session.exitReason };
      const phase = phaseAfter(state.phase, frame.phase);
      const hasDraft = phase === 'writing' || phase === 'reviewing';
      return { ...state, session, phase, draft: hasDraft ? state.draft : null };
    }
    case 'status': {
      const reason = frame.reason ?? null;
      const session: SessionDto = {
        ...state.session,
        status: frame.status,
        held: frame.status === 'closed' ? null : state.session.held,
        exited: state.session.exited || frame.status === 'closed',
        exitReason:
          frame.status === 'closed' ? (reason ?? state.session.exitReason) : state.session.exitReason,
      };
      return frame.status === 'closed'
        ? { ...state, session, phase: 'idle', draft: null }
        : { ...state, session };
    }
    default: {
      const unreachable: never = frame;
      return unreachable;
    }
  }
}

/** The session after an event. What its latest picture already shows is not applied again. */
function afterEvent(session: SessionDto, event: EventDto): SessionDto {
  if (event.seq <= session.lastSeq) return session;
  const next = { ...session, lastSeq: event.seq };
  switch (event.kind) {
    case 'session_paused':
      return { ...next, status: 'paused' };
    case 'session_held': {
      const reason = event.data?.['reason'];
      const since = session.held?.since ?? event.at;
      return {
        ...next,
        status: 'paused',
        held: { since, reason: typeof reason === 'string' ? reason : '' },
      };
    }
    case 'session_released':
      return { ...next, held: null };
    case 'session_start':
    case 'session_resumed':
      return { ...next, status: 'active' };
    case 'session_end': {
      const reason = event.data?.['reason'];
      const exitReason = typeof reason === 'string' ? reason : session.exitReason;
      return { ...next, status: 'closed', held: null, exited: true, exitReason };
    }
    default:
      return next;
  }
}

/** What is checked once something has been written is what has been written. */
function phaseAfter(before: Phase, told: 'started' | 'checking' | 'writing' | 'ended'): Phase {
  if (told === 'ended') return 'idle';
  return told === 'checking' && (before === 'writing' || before === 'reviewing') ? 'reviewing' : told;
}

function busyPhase(phase: Phase): Phase {
  return phase === 'idle' ? 'started' : phase;
}

/** Whether the log holds what was sent with this id. */
export function isRecorded(events: readonly EventDto[], commandId: string): boolean {
  return events.some((event) => event.commandId === commandId);
}
