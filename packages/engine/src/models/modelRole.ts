/** What a model is asked to be; each role may be served by another model. */
export const MODEL_ROLES = ['opener', 'updater', 'playerJudge', 'simulatorJudge', 'scorer'] as const;
export type ModelRole = (typeof MODEL_ROLES)[number];
