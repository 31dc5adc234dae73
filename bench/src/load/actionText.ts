/** What somebody does in a turn. As long as what people type; the number tells one turn from the next. */
export const actionText = (turn: number): string =>
  `I swim a little closer, hold out my left hand and wait to see what it does. (${turn})`;
