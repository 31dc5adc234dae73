/** What a session is configured with, as `play.create` takes it. */
export type GameConfig = Readonly<Record<string, number | boolean | readonly string[]>>;

/**
 * As long as the game allows, so that few turns in a benchmark are openings. A turn asks one judge and the writer of the reply:
 * what is measured is what a turn costs us, and not how many judges a game has.
 */
export const LONGEST_GAME = {
  maxTurns: 500,
  maxPlaytimeSeconds: 3600,
  playerRules: ['action'],
  judgesReplies: false,
};
