import type { Decision } from '../../game/game.ts';
import type { EventDraft } from '../../session/event.ts';

export type Drafts = readonly [EventDraft, ...EventDraft[]];

/** One event, behind others if there are any. */
export function draftsWith(before: readonly EventDraft[], last: EventDraft): Drafts {
  const [first, ...others] = before;
  return first === undefined ? [last] : [first, ...others, last];
}

/** The command had the effect that its sender wanted. */
export const accepted = (events: Drafts): Decision => ({ ok: true, accepted: true, events });
/** It had not, and the events say why. */
export const rejected = (events: Drafts): Decision => ({ ok: true, accepted: false, events });
