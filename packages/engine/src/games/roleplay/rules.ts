/*
 * What is checked in a turn. Each rule has a judge of its own, so that a verdict says which rule was broken, and so that no
 * judge knows more than its rule needs. The names stand in logs: they are never changed or reused.
 */

/** What an action has to keep. Breaking one costs the player an attempt. */
export const PLAYER_RULES = ['action', 'ability', 'authority'] as const;
export type PlayerRule = (typeof PLAYER_RULES)[number];

/** What a reply has to keep. Breaking one costs the player nothing. */
export const SIMULATOR_RULES = [
  'characterAction',
  'characterAbility',
  'perception',
  'adjudication',
  'playerAuthority',
  'alignment',
] as const;
export type SimulatorRule = (typeof SIMULATOR_RULES)[number];
