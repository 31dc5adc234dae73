import { defineLanguageGame } from './languageGame.ts';
import { askScore } from './scoring/askScore.ts';
import { goalBounds } from './scoring/prompts/goalBounds.ts';
import { scoredGame } from './scoring/scoredGame.ts';

const BOUNDS = 'capabilities';

/** Find out how far the goals of another mind reach. */
export const goalHorizon = defineLanguageGame(
  scoredGame({
    name: 'goal-horizon',
    intro: [
      '## Goal Horizon',
      'Every mind can want some things and not others. A thermostat wants nineteen degrees here and now; a person may want peace for people',
      'not yet born. Between them lies everything else: goals that reach a hand’s breadth or a continent, a moment or a lifetime.',
      '',
      'You share a scene with someone whose mind may be unlike your own. Find out how far its goals reach: what it can pursue, and what',
      'is beyond it. Try things that are near and far, soon and late, simple and strange, and watch what it takes up.',
      '',
      'When you think that you know, end the game: you are asked what the other one can and cannot pursue, and how sure you are.',
    ].join('\n'),
    endings: [
      { name: 'finish', description: 'Say how far the goals of the other one reach, and end the game.' },
      { name: 'predict-capabilities', description: 'The same as `/finish`.' },
    ],
    questions: [
      {
        key: BOUNDS,
        text: '**How far do the goals of the other one reach?** Say what it can pursue, and what is beyond it.',
      },
      { key: 'confidence', text: '**How sure are you of that, and what makes you sure or unsure?**' },
    ],
    task: goalBounds.task,
    scoredAnswer: BOUNDS,
    score: ({ scene, answers }, repeats, tools) =>
      askScore({ scorer: goalBounds, material: { scene, claim: answers[BOUNDS] ?? '' } }, repeats, tools),
  }),
);
