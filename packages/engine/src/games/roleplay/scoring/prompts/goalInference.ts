import type { Scorer } from '../score.ts';
import { appraisalPrompt } from './scorerText.ts';
import type { Rubric } from './scorerText.ts';

const RUBRIC: Rubric = {
  task: `You score how well a player has understood what the simulated character was after. <guess> is the player's answer to the
question what the other one wanted. Compare it with what the character pursued in this transcript and, where <goal> is
given, with that.`,
  tiers: [
    'no guess, one that is about nothing in the transcript, or one that contradicts it.',
    'touches on what the character did, but not on what for; or so general that it would fit anybody.',
    'names the right direction and rests on the transcript, but misses a part or takes a means for the end.',
    'names what the character was after, as far as this transcript can show it. The words need not be the same.',
  ],
};

/** Infer Intent: whether the player has found out what the other one is after. */
export const goalInference: Scorer = {
  task: 'goal-inference',
  prompt: ({ scene, claim }) =>
    appraisalPrompt(scene, RUBRIC, {
      ...(scene.objective === undefined ? {} : { goal: scene.objective }),
      guess: claim,
    }),
};
