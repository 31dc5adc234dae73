import type { Game } from '../game/game.ts';
import { explore } from './roleplay/explore.ts';
import { foresight } from './roleplay/foresight.ts';
import { goalHorizon } from './roleplay/goalHorizon.ts';
import { inferIntent } from './roleplay/inferIntent.ts';
import { teamwork } from './roleplay/teamwork.ts';

/** Every game that comes with the engine. A new game needs one line here. */
export const builtInGames: readonly Game[] = [explore, foresight, inferIntent, goalHorizon, teamwork];
