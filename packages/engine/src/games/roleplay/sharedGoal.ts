import { z } from 'zod';
import type { DecisionTools } from '../../game/game.ts';
import { goalSetterPrompt } from './prompts/goalSetter.ts';
import { PROMPT_VERSION } from './prompts/version.ts';
import { sceneOf } from './state.ts';
import type { RoleplayState } from './state.ts';
import { askUsable, readAnswer } from './usableAnswer.ts';

const LONGEST_GOAL = 240;

const goalSchema = z.object({
  goal: z
    .string()
    .trim()
    .max(LONGEST_GOAL)
    .regex(/^to \S/i, 'must begin with "to"')
    .transform((goal) =>
      goal
        .replaceAll(/\s+/g, ' ')
        .replace(/[.!]+$/, '')
        .replace(/^To /, 'to ')
        .toWellFormed(),
    ),
});

/** Has a goal invented for both characters: a phrase that begins with `to`. Rejects with a `ModelFailure`. */
export async function askSharedGoal(state: RoleplayState, tools: DecisionTools): Promise<string> {
  const scene = sceneOf(state, null);
  const question = {
    role: 'opener',
    task: 'shared-goal',
    promptVersion: PROMPT_VERSION,
    prompt: goalSetterPrompt(scene),
    scene,
    subject: null,
  } as const;
  const { answer } = await askUsable(tools.ask, question, (text) => readAnswer(text, goalSchema));
  return answer.goal;
}
