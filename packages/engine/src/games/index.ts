import type { Game } from '../game/game.ts';
import { explore } from './roleplay/explore.ts';

/** Every game that comes with the engine. A new game needs one line here. */
export const builtInGames: readonly Game[] = [explore];
