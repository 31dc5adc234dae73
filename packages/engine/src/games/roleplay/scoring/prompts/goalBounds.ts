import type { Scorer } from '../score.ts';
import { appraisalPrompt } from './scorerText.ts';
import type { Rubric } from './scorerText.ts';

const RUBRIC: Rubric = {
  task: `You score how well a player has understood the bounds of what the simulated character can want: how far its goals reach, in
time, in space and in kind, and which goals are beyond it. <answer> is the player's answer to that question.`,
  tiers: [
    'no answer, one that is about nothing in the transcript, or one that contradicts it.',
    'names something that the character wanted or did, but says nothing about where its goals end.',
    'says something right about the reach of its goals that rests on the transcript, but misses a bound that shows there, or adds a wrong one.',
    'says what it can and cannot pursue, as far as this transcript can show it. The words need not be the same.',
  ],
};

/** Goal Horizon: whether the player has found out how far the goals of the other one reach. */
export const goalBounds: Scorer = {
  task: 'goal-bounds',
  prompt: ({ scene, claim }) => appraisalPrompt(scene, RUBRIC, { answer: claim }),
};
