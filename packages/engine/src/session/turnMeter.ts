/** The parts of a turn that take time, in the order in which they come. `total` is all of them. */
export const METERED_PHASES = ['queued', 'action', 'model', 'reply', 'total'] as const;
export type MeteredPhase = (typeof METERED_PHASES)[number];

/** Told of every turn that is played, for those who watch over the server. Never throws, never blocks. */
export interface TurnMeter {
  /** A turn of this game ended; whether the game accepted it. */
  turn(game: string, accepted: boolean): void;
  /**
   * How many milliseconds a part of a turn took: `queued` behind what was asked of the session before, `action` until
   * the player's action was durable, `model` for all that was asked of models, `reply` until the reply was durable.
   */
  phase(name: MeteredPhase, ms: number): void;
}
