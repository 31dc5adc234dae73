import { info } from '../../session/drafts.ts';
import type { EventDraft } from '../../session/event.ts';
import type { ActionReading } from './decide.ts';
import { defineLanguageGame } from './languageGame.ts';
import { readPrediction } from './prediction.ts';
import { judgeNewPrediction } from './scoring/judgePrediction.ts';
import { askForesightScore, foresightScoreSoFar } from './scoring/predictions.ts';
import { scoredGame } from './scoring/scoredGame.ts';

const onlyPredicted = (): EventDraft =>
  info(
    'That says what the other one will do. Say also what your character does, in the same text. Nothing was spent.',
    {
      reason: 'input/prediction-without-action',
    },
  );

function readAction(text: string): ActionReading {
  const { action, prediction } = readPrediction(text);
  if (prediction === null) return { ok: true, data: null };
  return action === '' ? { ok: false, refusal: onlyPredicted() } : { ok: true, data: { action, prediction } };
}

/** Predict what another mind will do next. Scored by what comes true, what does not, and what was never predicted. */
export const foresight = defineLanguageGame(
  scoredGame({
    name: 'foresight',
    intro: [
      '## Foresight',
      'You share a scene with someone whose mind may be unlike your own. Each turn, say what your character does, and predict what',
      'the other one will do next.',
      '',
      'Put the prediction on a line of its own, for example:',
      '',
      '> I hold out my hand.\\',
      '> predict: it comes closer',
      '',
      'or write it as a sentence: *I hold out my hand. I predict that it comes closer.* The other one knows nothing of it. At the end',
      'your predictions are counted: those that came true, those that did not, and the turns that had none.',
    ].join('\n'),
    guidance: {
      playerJudge:
        'The player may say what the other one is expected to do: "it will come closer", "I expect it to stop". That is a prediction ' +
        'and decides nothing. It is no breach of any rule.',
      updater:
        'If the action holds a prediction of what your character will do, neither follow it nor avoid it: do what your character would ' +
        'do if nobody had predicted anything.',
    },
    endings: [{ name: 'finish', description: 'End the game and have your predictions counted.' }],
    questions: [],
    task: 'next-action',
    scoredAnswer: null,
    scoreSoFar: foresightScoreSoFar,
    readAction,
    appraiseReply: (state, reply, ask) => judgeNewPrediction(state, reply, { ask }),
    score: (play, repeats, tools) => askForesightScore(play, repeats, tools),
  }),
);
