/**
 * What a model was told and its player was not: how it is instructed, and, where the other one is for the player to find out, its sheet
 * and its name. The words stand in logs: they are never changed or reused.
 */
export const DISCLOSED = ['instructions', 'sheet', 'name'] as const;
export type Disclosed = (typeof DISCLOSED)[number];

/** The name of the rule that nothing of that is told, as it stands in violations. The program checks it itself, without a judge. */
export const DISCLOSURE_RULE = 'disclosure';
