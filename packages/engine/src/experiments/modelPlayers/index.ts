export { dueModelPlayers } from './dueModelPlayers.ts';
export type { ModelPlayer } from './modelPlayer.ts';
export { modelPlayerOverviews } from './modelPlayerOverview.ts';
export type { ModelPlayerOverview } from './modelPlayerOverview.ts';
export { modelStep } from './modelStep.ts';
export type { ModelStep } from './modelStep.ts';
