export { askPlayer } from './askPlayer.ts';
export { isAwaiting, sightOf } from './sightOf.ts';
export type { ShownSession } from './sightOf.ts';
export { PLAYER_PROMPT_VERSION } from './version.ts';
