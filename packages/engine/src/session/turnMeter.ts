/** The parts of a turn that take time, in the order in which they come. `total` is all of them. */
export const METERED_PHASES = ['queued', 'action', 'model', 'reply', 'total'] as const;
export type MeteredPhase = (typeof METERED_PHASES)[number];

/** Told of every turn that is played, for those who watch over the server. Never throws, never blocks. */
export interface TurnMeter {
  /** Milliseconds from any origin, finer than the clock, never stepping back: for measuring alone. */
  now(): number;
  /** A turn of this game was recorded; whether the game accepted it. */
  turn(game: string, accepted: boolean): void;
  /**
   * How many milliseconds a part of a turn took: `queued` behind what was asked of the session before, and until it was
   * loaded; `action` until the player's action was durable; `model` until the reply was decided, with all that was asked
   * of models; `reply` until that was durable. A command without an action of its own, like an opening, has no `action`.
   */
  phase(name: MeteredPhase, ms: number): void;
}

/** For those who watch over nothing. */
export const NO_TURN_METER: TurnMeter = {
  now: () => 0,
  turn: () => undefined,
  phase: () => undefined,
};

/** Measures the parts of one turn as they end. */
export interface TurnWatch {
  ended(phase: MeteredPhase): void;
}

export function watchTurn(meter: TurnMeter): TurnWatch {
  let from = meter.now();
  return {
    ended: (phase) => {
      const now = meter.now();
      meter.phase(phase, now - from);
      from = now;
    },
  };
}
