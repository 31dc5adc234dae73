/** A line as it stands on the page of whoever holds a seat. */
export interface SeatLine {
  /** `you`: the holder of the seat; `scene`: what came of it; `notice`: the game, about itself. */
  readonly speaker: 'you' | 'scene' | 'notice';
  readonly text: string;
}

/** A character as a seat is told of it. */
export interface SeatProfile {
  readonly name: string;
  readonly shortDescription: string;
  readonly abilities: readonly string[];
}

/** All that whoever holds a seat knows, as data. What the page of a person does not show is not in it. */
export interface SeatSight {
  /** How the game is played, who is who, the limits. Markdown. */
  readonly instructions: string;
  /** Whom they play; `null` where nobody is played. */
  readonly own: SeatProfile | null;
  /** Whom they meet; `null` where that is for them to find out. */
  readonly other: SeatProfile | null;
  /** Oldest first. */
  readonly lines: readonly SeatLine[];
  /** What the game asks them, outside the scene; `null` when they may act. Markdown. */
  readonly question: string | null;
  /** Slash commands, without the slash. */
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  /** The longest text that is taken now, in characters. */
  readonly longestText: number;
  /** Turns until the game ends by itself; `null` without a limit. */
  readonly turnsLeft: number | null;
  /** Actions against the rules that may still be sent before one ends the game. */
  readonly attemptsLeft: number | null;
}
