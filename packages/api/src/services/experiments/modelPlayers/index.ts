export { createModelPlayers } from './modelPlayers.ts';
export type { ModelPlayers } from './modelPlayers.ts';
