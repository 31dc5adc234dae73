import { z } from 'zod';
import type { DecisionTools } from '../../game/game.ts';
import { disclosedInPlay } from './disclosure/disclosure.ts';
import { goalSetterPrompt } from './prompts/goalSetter.ts';
import { NO_GUIDANCE } from './prompts/guidance.ts';
import { PROMPT_VERSION } from './prompts/version.ts';
import { sceneOf } from './state.ts';
import type { RoleplayState } from './state.ts';
import { askUsable, readAnswer, UnusableAnswer } from './usableAnswer.ts';

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

/** Throws `UnusableAnswer`: the goal is told to the player. */
function readGoal(text: string, state: RoleplayState): string {
  const { goal } = readAnswer(text, goalSchema);
  if (disclosedInPlay(goal, { state, guidance: NO_GUIDANCE, said: [] }) === null) return goal;
  throw new UnusableAnswer('the goal tells word for word what only you were told', { isRepeatable: false });
}

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
  const { answer } = await askUsable(tools.ask, question, (text) => readGoal(text, state));
  return answer;
}
