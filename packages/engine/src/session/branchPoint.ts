import { metCondition } from './ending.ts';
import type { SessionHeader } from './session.ts';
import type { Fold, SessionState } from './state.ts';

/** The session that a branch goes on from. */
export interface BranchParent {
  readonly header: SessionHeader;
  readonly fold: Fold;
}

/** The state to branch from, and the latest one: who branches keeps the seat it has by now. */
export interface BranchPoint {
  readonly at: SessionState;
  readonly now: SessionState;
}

/** Whether a state is the last by the rules: of the game, or by a limit of the session. */
export function isPlayedOut(parent: BranchParent, state: SessionState): boolean {
  if (parent.fold.game.progress(state.game).finished !== null) return true;
  return metCondition(parent, state, state.lastAt) !== null;
}

/** Whether anything is left to be played in a state; in the middle of a command there is. */
export function hasWayOn(parent: BranchParent, state: SessionState): boolean {
  return state.ended === null && !isPlayedOut(parent, state);
}
