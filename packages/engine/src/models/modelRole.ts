/** What a game asks models to be; each role may be served by another model. */
export const GAME_ROLES = ['opener', 'updater', 'playerJudge', 'simulatorJudge', 'scorer'] as const;
export type GameRole = (typeof GAME_ROLES)[number];

/** `player`: who takes part in an experiment in the place of a person. Its experiment names it, and no setting does. */
export const MODEL_ROLES = [...GAME_ROLES, 'player'] as const;
export type ModelRole = (typeof MODEL_ROLES)[number];
