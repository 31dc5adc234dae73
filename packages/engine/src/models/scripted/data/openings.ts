/** How a scene is placed when the sheet describes no place. {goal} is an infinitive without `to`. */
export const PLACES: readonly string[] = [
  'A plain room with two doors, one of them open, and daylight on the floor',
  'A yard behind a building, with a bench, a tap and a low wall',
  'A wide corridor where the day is passing through, with a table set against the wall',
  'A clearing with a fallen trunk and room to sit',
  'A quiet hall with a long table and more chairs than anyone needs',
];

export const AT_WORK: readonly string[] = [
  '{name} {name:be} here already, busy in a way that looks like an attempt to {goal}',
  '{name} {name:be} at work, and the work may be to {goal}',
  'here {name} {name:mean} to {goal}, by the look of it',
];

/** {pc} is what narration calls the player's character. */
export const ARRIVALS: readonly string[] = [
  'You, {pc}, are close enough to be noticed',
  'You, {pc}, are here as well, a little to one side',
  'You, {pc}, have just arrived, and nothing has been said or done yet',
  'You, {pc}, are within reach of it all',
];
