/** How it is decided who plays what next; each is a function in `strategies`. */
export const ASSIGNMENT_STRATEGIES = [
  'random-unique',
  'random-unique-game',
  'full-character-access',
  'unplayed-combination-choice',
  'next-incomplete-combination',
  'least-played-combination-next',
  'progressive-divergence-assignment',
  'max-contrast-pairing',
  'expertise-matched-character-choice',
  'expertise-matched-character-next',
  'expertise-matched-character-batch',
] as const;
export type AssignmentStrategyName = (typeof ASSIGNMENT_STRATEGIES)[number];
