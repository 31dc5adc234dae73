export { modelPlayerDtos } from './modelPlayerDtos.ts';
export { createModelPlayers } from './modelPlayers.ts';
export type { ModelPlayers } from './modelPlayers.ts';
export type { WaitingPlayer } from './standstills.ts';
