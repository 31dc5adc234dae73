import { LogFull } from '../ports.ts';
import type { Persisted, SessionLog } from '../ports.ts';
import { eventIdOf, isClassified } from './event.ts';
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
function stamp({ ports, live }: SessionContext, drafts: readonly EventDraft[], cause: Cause): SessionEvent[] {
  const { state } = live;
  const { sessionId } = live.header;
  const { turns } = live.fold.game.progress(state.game);
  // Wall clocks step back now and then; the log's order must not.
  const at = Math.max(ports.clock.now(), state.lastAt);
  return drafts.map((draft, index) => {
    if (!isClassified(draft)) {
      throw new Error(`No such event: ${draft.direction}/${draft.source}/${draft.kind}/${draft.format}.`);
    }
    const seq = state.lastSeq + index + 1;
    return {
      ...draft,
      sessionId,
      seq,
      eventId: eventIdOf(sessionId, seq),
      at,
      turn: turns + 1,
      commandId: cause.commandId,
      receipt: index === drafts.length - 1 ? cause.receipt : null,
    };
  });
}

/** The state after events that are not recorded yet. */
function preview(live: LiveSession, events: readonly SessionEvent[]): SessionState {
  return events.reduce((state, event) => evolveSession(live.fold, state, event), live.state);
}

/**
 * Completes a command. `endingAfter` says what ends the session in the state after it, if anything does; that is then
 * part of the same write, and carries the receipt.
 */
export async function commitCompletion(
  context: SessionContext,
  { drafts, cause }: { readonly drafts: readonly EventDraft[]; readonly cause: Cause },
  endingAfter: (after: SessionState) => readonly EventDraft[],
): Promise<void> {
  const events = stamp(context, drafts, cause);
  const after = preview(context.live, events);
  const ending = endingAfter(after);
  if (ending.length === 0) await append(context, events, after);
  else await commit(context, [...drafts, ...ending], cause);
}

/**
 * Persist, then publish: the events are durable before the state changes and before anyone sees them.
 * If the append fails, its outcome is unknown as a rule; the session is then stale and read again before its next use.
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
  const before = live.state;
  const persisted = await persist(ports.log, live, events);
  live.state = after;
  const last = events.at(-1);
  if (last?.commandId && last.receipt !== null) {
    live.replies.set(last.commandId, replyFrom(live.fold.game, after, last));
  }
  ports.bus.publish(live.header.sessionId, persisted);
  ports.snapshots.changed(live, before);
}

async function persist(
  log: SessionLog,
  live: LiveSession,
  events: readonly SessionEvent[],
): Promise<readonly Persisted<SessionEvent>[]> {
  try {
    return await log.append(events);
  } catch (fault) {
    // Of a full log it is known that it took nothing, so memory still agrees with it.
    live.stale = !(fault instanceof LogFull);
    throw fault;
  }
}
