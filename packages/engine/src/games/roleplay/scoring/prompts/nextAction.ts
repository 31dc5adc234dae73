import { fenced, transcriptText } from '../../prompts/render.ts';
import type { Scorer } from '../score.ts';
import { scorerSystem } from './scorerText.ts';

const RULES = `You judge one prediction. In the last turn of <transcript> the player did something and predicted, in <prediction>, what the
simulated character would do. The last line tells what happened. Only that line decides, not what would have been likely.
"correct": what was predicted is what happened, in substance. A prediction of one of several things is correct when one of
them happened.
"wrong": something else happened, or nothing of it can be seen, or the prediction is so vague that anything would fit it, or it is no
prediction of what the other one does.
Reasoning: one plain sentence to the player that does not name or classify the simulated character.
Answer with JSON alone: {"verdict": "correct", "reasoning": "..."} or {"verdict": "wrong", "reasoning": "..."}`;

/** Foresight: whether a prediction came true in the last turn of the transcript. */
export const nextAction: Scorer = {
  task: 'next-action',
  prompt: ({ scene, claim }) => ({
    system: scorerSystem(scene, [RULES]),
    messages: [{ role: 'user', content: `${transcriptText(scene)}\n\n${fenced('prediction', claim)}` }],
  }),
};
