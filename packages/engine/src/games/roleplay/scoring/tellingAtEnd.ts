import type { Telling } from '../disclosure/disclosure.ts';
import { NO_GUIDANCE } from '../prompts/guidance.ts';
import type { Guidance } from '../prompts/guidance.ts';
import type { Closing } from './closing.ts';
import type { ScoredState } from './scoredState.ts';

/** The situation in which a score is told: its player knows all that was played, and what was answered. */
export function tellingAtEnd(
  state: ScoredState,
  guidance: Guidance | undefined,
  answers: Closing['answers'],
): Telling {
  const { opening, exchanges } = state.own.played;
  // Not the verdicts on predictions: those are a scorer's words as well.
  const played = exchanges.flatMap(({ action, prediction, reply }) => [action, prediction ?? '', reply]);
  return {
    state,
    guidance: guidance ?? NO_GUIDANCE,
    said: [opening ?? '', ...played, ...Object.values(answers)],
  };
}
