import type { Ask } from '../game/ask.ts';
import { askUsable } from '../games/roleplay/usableAnswer.ts';
import type { SeatSight } from '../models/seatSight.ts';
import { playerPrompt } from './playerPrompt.ts';
import { readMove } from './readMove.ts';
import { PLAYER_PROMPT_VERSION } from './version.ts';

/**
 * What a model player does next, as a person would type it: an action in the scene, or an answer to what the game asks. Rejects with a
 * `ModelFailure` when nothing usable is to be had.
 */
export async function askPlayer(sight: SeatSight, ask: Ask): Promise<string> {
  const question = {
    role: 'player',
    task: sight.question === null ? 'move' : 'answer',
    promptVersion: PLAYER_PROMPT_VERSION,
    prompt: playerPrompt(sight),
    scene: null,
    sight,
    subject: null,
  } as const;
  const { answer } = await askUsable(ask, question, (text) => readMove(text, sight));
  return answer;
}
