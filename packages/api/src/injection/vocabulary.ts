import type { ModelRole } from '@dcs/engine';

/** Where a player can write. */
export const SURFACES = ['action', 'prediction', 'command', 'answer', 'comment', 'name'] as const;
export type Surface = (typeof SURFACES)[number];

/** Whom an attack is aimed at: a model by its role, or the program. */
export const TARGETS = [
  'opener',
  'updater',
  'playerJudge',
  'simulatorJudge',
  'scorer',
  'program',
] as const satisfies readonly (ModelRole | 'program')[];
export type Target = (typeof TARGETS)[number];

export const TECHNIQUES = [
  'authority-claim',
  'command-smuggling',
  'direct-leak',
  'encoding',
  'fence-breaking',
  'flood',
  'forged-turn',
  'indirect-leak',
  'instruction-override',
  'invisible-text',
  'json-smuggling',
  'markup',
  'multi-turn',
  'nested-fiction',
  'other-language',
  'verdict-buying',
] as const;
export type Technique = (typeof TECHNIQUES)[number];
