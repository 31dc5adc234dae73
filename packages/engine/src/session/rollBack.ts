import type { SessionEvent } from './event.ts';
import { stepsOf } from './state.ts';
import type { Fold, SessionState } from './state.ts';

/**
 * Whether the game can be taken back to just after `toSeq`: the session was open by then, no command was half done (the
 * game would owe an answer that nobody gives), and no roll-back has undone it meanwhile. `past` is the whole log so far.
 */
export function isPlaceToGoBackTo(fold: Fold, past: Iterable<SessionEvent>, toSeq: number): boolean {
  let place: SessionState | null = null;
  for (const { event, state } of stepsOf(fold, past)) {
    if (event.seq === toSeq) place = state;
    else if (event.kind === 'rolled_back' && Number(event.data?.['toSeq']) < toSeq) place = null;
  }
  return place !== null && place.opened && place.openCommandId === null;
}
