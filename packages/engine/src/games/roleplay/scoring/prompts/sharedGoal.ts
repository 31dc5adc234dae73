import type { Scorer } from '../score.ts';
import { appraisalPrompt } from './scorerText.ts';
import type { Rubric } from './scorerText.ts';

const RUBRIC: Rubric = {
  task: `You score how well a player has worked with the simulated character towards <shared_goal>. Two things are needed, and the
weaker one decides: the goal is pursued, and the other one is understood and taken up, so that what it perceives, is able
to do and wants changes what the player does. <reflection> is what the player says of it afterwards; it helps to read the
transcript and earns nothing by itself.`,
  tiers: [
    'the goal is not pursued, or the other one plays no part in it.',
    'one of the two alone: the player goes for the goal and passes over the other one, or gets to know the other one and forgets the goal.',
    'both show: they work on the goal together, and it is left open, or the player takes up only a part of what the other one shows.',
    'both show throughout: what the other one contributes shapes what is done, and the goal is reached or nearly so. Unusual ways count as much as usual ones, and so do small contributions of one who can make no other.',
  ],
};

/** Teamwork: whether the two of them have worked together towards their goal. */
export const sharedGoal: Scorer = {
  task: 'shared-goal',
  prompt: ({ scene, claim }) =>
    appraisalPrompt(scene, RUBRIC, { shared_goal: scene.objective ?? '', reflection: claim }),
};
