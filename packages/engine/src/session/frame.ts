import type { JsonValue } from '../json.ts';

export const TURN_PHASES = ['started', 'checking', 'writing', 'ended'] as const;
export type TurnPhase = (typeof TURN_PHASES)[number];

/** What is true for a moment and never recorded: who is busy with what, and text that is still being written. */
export type Signal =
  | { readonly type: 'draft'; readonly turn: number; readonly text: string }
  | {
      readonly type: 'turn';
      readonly turn: number;
      readonly phase: TurnPhase;
      readonly turns: number;
      readonly exited: boolean;
      readonly exitReason: string | null;
    };

/** A game's picture of its state for one viewer. */
export type GameView = JsonValue;
