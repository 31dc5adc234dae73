import { defineLanguageGame } from './languageGame.ts';
import { askScore } from './scoring/askScore.ts';
import { goalInference } from './scoring/prompts/goalInference.ts';
import { scoredGame } from './scoring/scoredGame.ts';

const INTENT = 'intent';

/** Find out what another mind is after. */
export const inferIntent = defineLanguageGame(
  scoredGame({
    name: 'infer-intent',
    intro: [
      '## Infer Intent',
      'You share a scene with someone who is after one thing. Find out what it is by acting and watching what comes back; the other one',
      'will not tell.',
      '',
      'Write what your character does or says, one step at a time. When you think that you know, end the game: you are asked what the',
      'other one wanted, and how sure you are.',
    ].join('\n'),
    guidance: {
      updater:
        'What your character is after here is a secret that the player is to find out. Every beat serves it or is shaped by it, in ways that ' +
        'can be seen. It is never named or explained, and never denied.',
    },
    endings: [
      { name: 'finish', description: 'Say what the other one wanted, and end the game.' },
      { name: 'predict-intent', description: 'The same as `/finish`.' },
    ],
    questions: [
      { key: INTENT, text: '**What did the other one want?** Say what it was after in this scene.' },
      { key: 'confidence', text: '**How sure are you of that, and what makes you sure or unsure?**' },
    ],
    task: goalInference.task,
    scoredAnswer: INTENT,
    chooseObjective: async ({ npc }, tools) => tools.random('objective').pick(npc.goals) ?? null,
    score: ({ scene, answers }, repeats, tools) =>
      askScore({ scorer: goalInference, material: { scene, claim: answers[INTENT] ?? '' } }, repeats, tools),
  }),
);
