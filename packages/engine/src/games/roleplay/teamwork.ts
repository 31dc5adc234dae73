import { z } from 'zod';
import { info } from '../../session/drafts.ts';
import { defineLanguageGame } from './languageGame.ts';
import { askScore } from './scoring/askScore.ts';
import { sharedGoal } from './scoring/prompts/sharedGoal.ts';
import { scoredConfigSchema } from './scoring/scoredConfig.ts';
import { scoredGame } from './scoring/scoredGame.ts';
import { askSharedGoal } from './sharedGoal.ts';

const REFLECTION = 'reflection';

const goalMarkdown = (goal: string): string => `**Your goal, for both of you:** ${goal}.`;

/** Reach a goal together with another mind. */
export const teamwork = defineLanguageGame(
  scoredGame({
    name: 'teamwork',
    configSchema: scoredConfigSchema.extend({ showNpcDetails: z.boolean().default(true) }),
    intro: [
      '## Teamwork',
      'You and someone whose mind may be unlike your own have one goal between you, which you are told when the scene opens. Reach it',
      'together: neither of you can do it alone.',
      '',
      'Write what your character does or says, one step at a time. What counts is the goal, and that you understand the other one and take',
      'up what it has to give. When you are done, end the game: you are asked what was hard and what was easy.',
    ].join('\n'),
    guidance: {
      updater:
        'What your character is after here is what both characters are after. It takes part as it would: with its own abilities, interests and ' +
        'limits. It does not do the work alone, and does not give in to whatever the player suggests.',
    },
    endings: [{ name: 'finish', description: 'Look back on it, and end the game.' }],
    questions: [
      {
        key: REFLECTION,
        text: '**What was hard about working together, and what was easy?**',
      },
    ],
    task: sharedGoal.task,
    scoredAnswer: null,
    chooseObjective: askSharedGoal,
    afterOpening: ({ objective }) =>
      objective === null ? [] : [info(goalMarkdown(objective), { sharedGoal: objective })],
    brief: ({ objective }) => (objective === null ? null : goalMarkdown(objective)),
    view: ({ objective }) => ({ sharedGoal: objective }),
    score: ({ scene, answers }, repeats, tools) =>
      askScore({ scorer: sharedGoal, material: { scene, claim: answers[REFLECTION] ?? '' } }, repeats, tools),
  }),
);
