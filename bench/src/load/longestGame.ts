/** As long as the game allows, so that few turns in a benchmark are openings. */
export const LONGEST_GAME = { maxTurns: 500, maxPlaytimeSeconds: 3600 };
