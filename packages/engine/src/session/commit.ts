import { isClassified } from './event.ts';
import type { EventDraft, SessionEvent } from './event.ts';
import type { LiveSession, SessionContext } from './liveSession.ts';
import { replyFrom } from './receipts.ts';
import { evolveSession, rewind } from './state.ts';
import type { SessionState } from './state.ts';

/** Why events are recorded: by which command, and whether they complete it. */
export interface Cause {
  readonly commandId: string | null;
  readonly receipt: { readonly accepted: boolean } | null;
}

/** What the engine does of itself, e.g. pausing. */
export const NO_COMMAND: Cause = { commandId: null, receipt: null };

/** Gives drafts their place in the log. The receipt, if any, stands on the last: it is the completing write. */
export function stamp(
  { ports, live }: SessionContext,
  drafts: readonly EventDraft[],
  cause: Cause,
): SessionEvent[] {
  const { state } = live;
  const { turns } = live.fold.game.progress(state.game);
  // Wall clocks step back now and then; the log's order must not.
  const at = Math.max(ports.clock.now(), state.lastAt);
  return drafts.map((draft, index) => {
    if (!isClassified(draft)) {
      throw new Error(`No such event: ${draft.direction}/${draft.source}/${draft.kind}/${draft.format}.`);
    }
    return {
      ...draft,
      sessionId: live.header.sessionId,
      seq: state.lastSeq + index + 1,
      eventId: ports.ids.next(),
      at,
      turn: turns + 1,
      commandId: cause.commandId,
      receipt: index === drafts.length - 1 ? cause.receipt : null,
    };
  });
}

/** The state after events that are not recorded yet. */
export function preview(live: LiveSession, events: readonly SessionEvent[]): SessionState {
  return events.reduce((state, event) => evolveSession(live.fold.game, state, event), live.state);
}

/**
 * Persist, then publish: the events are durable before the state changes and before anyone sees them.
 * If the append fails, its outcome is unknown; the session is marked stale and read again before its next use.
 */
export async function commit(
  context: SessionContext,
  drafts: readonly EventDraft[],
  cause: Cause,
): Promise<void> {
  if (drafts.length === 0) return;
  const events = stamp(context, drafts, cause);
  await append(context, events, preview(context.live, events));
}

/** A roll-back: the only event whose effect on the game needs the log before it. */
export async function commitRollBack(
  context: SessionContext,
  {
    draft,
    cause,
    past,
    toSeq,
  }: { draft: EventDraft; cause: Cause; past: readonly SessionEvent[]; toSeq: number },
): Promise<void> {
  const { live } = context;
  const events = stamp(context, [draft], cause);
  await append(context, events, { ...preview(live, events), game: rewind(live.fold, past, toSeq) });
}

async function append(
  { ports, live }: SessionContext,
  events: readonly SessionEvent[],
  after: SessionState,
): Promise<void> {
  const persisted = await ports.log.append(events).catch((fault: unknown) => {
    live.stale = true;
    throw fault;
  });
  live.state = after;
  const last = events.at(-1);
  if (last?.commandId && last.receipt !== null) {
    live.replies.set(last.commandId, replyFrom(live.fold.game, after, last));
  }
  ports.bus.publish(live.header.sessionId, persisted);
}
