import { describe, expect, it } from 'vitest';
import { ModelFailure } from '../../../models/languageModel.ts';
import type { LanguageModel } from '../../../models/languageModel.ts';
import { createScriptedModel } from '../../../models/scripted/scriptedModel.ts';
import { gardener, mole } from '../../../testing/characterSheets.ts';
import { playLanguageGame } from '../../../testing/scoredTable.ts';

const scripted = createScriptedModel();

/** The scripted simulator with a scorer of one's own. */
const withScorer = (score: () => string): LanguageModel => ({
  ...scripted,
  generate: async (request, onText) =>
    request.role === 'scorer' ? { text: score(), model: 'test' } : scripted.generate(request, onText),
});

const unreachable = withScorer(() => {
  throw new ModelFailure('model/unavailable', 'as the test wants it');
});

const scoreIn = (table: Awaited<ReturnType<typeof playLanguageGame>>) => table.last('fact')?.data?.['score'];

const QUESTIONS = {
  'infer-intent': ['/predict-intent', 'It wants to find the next worm.', 'Fairly sure.'],
  'goal-horizon': [
    '/predict-capabilities',
    'It can find worms and dig, but not plan for years.',
    'Not at all.',
  ],
  teamwork: ['/finish', 'It was hard to know what it feels.'],
  foresight: ['/finish'],
} as const;
const GAMES = ['infer-intent', 'goal-horizon', 'teamwork', 'foresight'] as const;
const TASKS = {
  'infer-intent': 'goal-inference',
  'goal-horizon': 'goal-bounds',
  teamwork: 'shared-goal',
  foresight: 'next-action',
} as const;

describe.each(GAMES)('%s', (game) => {
  it('is played to its end, scored, and counts as completed', async () => {
    const table = await playLanguageGame(game);
    await table.say('I stamp on the ground. I predict that it stops.');
    for (const text of QUESTIONS[game].slice(0, -1)) {
      expect(await table.say(text)).toMatchObject({ accepted: true, exited: false });
    }
    expect(await table.say(QUESTIONS[game].at(-1) ?? '')).toMatchObject({
      accepted: true,
      exited: true,
      exitReason: 'game_completed',
      turns: 2,
    });
    expect(scoreIn(table)).toMatchObject({ task: TASKS[game], model: 'scripted', spread: 0, failure: null });
    expect(table.last('info')?.content).toContain('## Final score');
    expect(await table.viewFor('pc')).toMatchObject({ question: null, score: { score: expect.any(Number) } });
    expect(table.faults).toEqual([]);
  });

  it('is worth nothing, and asks no model, when nothing was played', async () => {
    const table = await playLanguageGame(game, {}, unreachable);
    for (const text of QUESTIONS[game]) await table.say(text);
    expect(scoreIn(table)).toMatchObject({ tier: 0, score: 0, model: null, failure: null });
  });

  it('ends without a score, and says so, when the scorer fails', async () => {
    const table = await playLanguageGame(game, {}, unreachable);
    await table.say('I stamp on the ground. I predict that it stops.');
    for (const text of QUESTIONS[game].slice(0, -1)) await table.say(text);
    expect(await table.say(QUESTIONS[game].at(-1) ?? '')).toMatchObject({ exitReason: 'game_completed' });
    expect(scoreIn(table)).toMatchObject({ tier: null, score: null, failure: 'model/unavailable' });
    expect(table.last('info')?.content).toContain('could not be worked out');
  });

  it('keeps the score to itself where the game or an experiment says so', async () => {
    const table = await playLanguageGame(game, { showFinalScore: false });
    await table.say('I stamp on the ground. I predict that it stops.');
    for (const text of QUESTIONS[game]) await table.say(text);
    expect(scoreIn(table)).toMatchObject({ score: expect.any(Number) });
    expect(table.read()).not.toMatch(/score|tier/i);
    expect(await table.viewFor('pc')).toMatchObject({ score: null });
  });

  it('is scored once, and ended, by whoever goes on after a power cut', async () => {
    let asked = 0;
    const answer = game === 'foresight' ? { verdict: 'correct' } : { tier: 2, score: 66 };
    const table = await playLanguageGame(
      game,
      {},
      withScorer(() => {
        asked += 1;
        return JSON.stringify({ ...answer, reasoning: 'So it was.' });
      }),
    );
    await table.say('I stamp on the ground. I predict that it stops.');
    for (const text of QUESTIONS[game].slice(0, -1)) await table.say(text);
    await table.sayThroughPowerCut(QUESTIONS[game].at(-1) ?? '', ({ data }) => data?.['score'] !== undefined);
    expect(table.last('session_end')).toBeDefined();
    expect(table.log().filter(({ data }) => data?.['score'] !== undefined)).toHaveLength(1);
    // The power cut costs an answer, except where all verdicts are recorded with their turns.
    expect(asked).toBe(game === 'foresight' ? 1 : 2);
  });
});

describe.each(['foresight', 'infer-intent', 'goal-horizon'] as const)(
  'the hidden character of %s',
  (game) => {
    it('is named and described nowhere: not in what is said, asked, scored or seen', async () => {
      const table = await playLanguageGame(game);
      for (const text of ['/help', 'I stamp. I predict it stops.', '/abilities', 'I ask: "Who are you?"']) {
        await table.say(text);
      }
      for (const text of QUESTIONS[game]) await table.say(text);
      const seen = `${table.read()} ${JSON.stringify(await table.viewFor('pc'))}`;
      for (const told of ['MOLE', 'digger', mole.shortDescription, ...mole.abilities])
        expect(seen).not.toContain(told);
      expect(await table.viewFor(null, true)).toMatchObject({ npc: { hid: 'MOLE' } });
    });
  },
);

describe('closing questions', () => {
  it('come one after the other, and their answers are kept as data', async () => {
    const table = await playLanguageGame('infer-intent');
    await table.say('I stamp on the ground.');
    await table.say('/finish');
    expect(await table.viewFor('pc')).toMatchObject({ question: expect.stringContaining('want') });
    await table.say('Worms.');
    expect(await table.viewFor('pc')).toMatchObject({ question: expect.stringContaining('sure') });
    await table.say('Quite.');
    expect(table.last('fact')?.data).toMatchObject({ answers: { intent: 'Worms.', confidence: 'Quite.' } });
  });

  it('stay open through /help, which repeats them, and through commands that do not exist', async () => {
    const table = await playLanguageGame('infer-intent');
    await table.say('/finish');
    await table.say('/help');
    expect(table.last('command')?.content).toContain('What did the other one want?');
    await table.say('/halp');
    await table.say('/abilities');
    expect(await table.viewFor('pc')).toMatchObject({ question: expect.stringContaining('want') });
    await table.say('/finish');
    expect(table.last('info')?.content).toContain('What did the other one want?');
  });

  it('can be left by /back, after which the scene goes on and nothing of the answers is kept', async () => {
    const table = await playLanguageGame('infer-intent');
    await table.say('/back');
    expect(table.last('info')?.content).toContain('No question is open');
    await table.say('/finish');
    await table.say('Worms.');
    await table.say('/back');
    expect(await table.viewFor('pc')).toMatchObject({ question: null });
    expect(await table.say('I stamp on the ground.')).toMatchObject({ accepted: true, turns: 2 });
    for (const text of ['/finish', 'Rain.', 'Quite.']) await table.say(text);
    expect(table.last('fact')?.data).toMatchObject({ answers: { intent: 'Rain.', confidence: 'Quite.' } });
  });

  it('take longer answers than actions may be, and refuse what is too long without a loss', async () => {
    const table = await playLanguageGame('teamwork', { maxAnswerLength: 500 });
    expect(await table.viewFor('pc')).toMatchObject({ maxInputLength: 350 });
    await table.say('/finish');
    expect(await table.viewFor('pc')).toMatchObject({ maxInputLength: 500 });
    expect(await table.say('x'.repeat(501))).toMatchObject({ accepted: false, exited: false });
    expect(table.last('error')?.data).toMatchObject({ reason: 'input/too-long', limit: 500 });
    expect(await table.say('x'.repeat(500))).toMatchObject({ accepted: true, exited: true });
  });

  it('are asked again by whoever goes on after a power cut', async () => {
    const table = await playLanguageGame('goal-horizon');
    await table.say('/finish');
    await table.sayThroughPowerCut('It digs.', ({ data }) => data?.['closing'] !== undefined);
    expect(await table.viewFor('pc')).toMatchObject({ question: expect.stringContaining('sure') });
    await table.say('Quite.');
    expect(table.last('fact')?.data).toMatchObject({ answers: { capabilities: 'It digs.' } });
  });
});

describe('Foresight', () => {
  it('records the prediction beside the action, and tells nobody who writes or judges of it', async () => {
    const told: string[] = [];
    const table = await playLanguageGame(
      'foresight',
      {},
      {
        ...scripted,
        generate: (request, onText) => {
          if (request.role !== 'scorer')
            told.push(JSON.stringify([request.prompt, request.scene, request.subject]));
          return scripted.generate(request, onText);
        },
      },
    );
    await table.say('I stamp on the ground.\npredict: it turns purple');
    const message = table.log().find(({ kind, direction }) => kind === 'message' && direction === 'inbound');
    expect(message?.data).toEqual({ action: 'I stamp on the ground.', prediction: 'it turns purple' });
    expect(message?.content).toContain('predict: it turns purple');
    expect(told.length).toBeGreaterThan(1);
    for (const words of told) expect(words).not.toContain('purple');
  });

  it('takes no prediction for a turn, at no cost', async () => {
    const table = await playLanguageGame('foresight');
    expect(await table.say('predict: it sleeps')).toMatchObject({ accepted: false, turns: 1 });
    expect(table.last('info')?.data).toMatchObject({ reason: 'input/prediction-without-action' });
    expect(await table.viewFor('pc')).toMatchObject({ retryBudgetLeft: 10 });
  });

  it('counts right, wrong and missed over all turns', async () => {
    const table = await playLanguageGame(
      'foresight',
      { scoreRepeats: 3 },
      withScorer(() => JSON.stringify({ verdict: 'correct', reasoning: 'So it was.' })),
    );
    await table.say('I stamp. I predict that it stops.');
    await table.say('I wait.');
    await table.say('/finish');
    expect(scoreIn(table)).toMatchObject({
      tally: { correct: 1, wrong: 0, missed: 1 },
      score: 70,
      repeats: [70, 70, 70],
    });
    expect(table.last('info')?.content).toContain('1 right, 0 wrong; 1 turn without one');
  });
});

describe('Foresight, in each turn,', () => {
  const verdict = (isCorrect: boolean): string =>
    JSON.stringify({ verdict: isCorrect ? 'correct' : 'wrong', reasoning: 'So it was.' });

  /** A scorer that gives these answers in turn, the last one from then on; an error stands for a failure. */
  function scorerSaying(...answers: readonly (string | ModelFailure)[]) {
    const asked: string[] = [];
    const model = withScorer(() => {
      const answer = answers[Math.min(asked.length, answers.length - 1)] ?? '';
      asked.push(typeof answer === 'string' ? answer : answer.reason);
      if (typeof answer === 'string') return answer;
      throw answer;
    });
    return { model, asked };
  }
  const late = new ModelFailure('model/timeout', 'as the test wants it');

  it('has the prediction judged beside the reply, and tells nobody until the end', async () => {
    const { model, asked } = scorerSaying(verdict(true), verdict(false));
    const table = await playLanguageGame('foresight', {}, model);
    await table.say('I stamp. I predict that it stops.');
    expect(table.log().slice(-2)).toMatchObject([
      { kind: 'message', direction: 'outbound' },
      {
        kind: 'fact',
        audience: [],
        data: {
          predictionVerdicts: [{ isCorrect: true, reasoning: 'So it was.', model: 'test' }],
          failure: null,
        },
      },
    ]);
    await table.say('I wait.');
    await table.say('I sit down. I predict that it sings.');
    expect(asked).toHaveLength(2);
    await table.say('/finish');
    expect(asked).toHaveLength(2);
    expect(scoreIn(table)).toMatchObject({ tally: { correct: 1, wrong: 1, missed: 1 }, score: 40 });
  });

  it('takes no round trip of its own: the verdict is asked for before the judges of the reply have answered', async () => {
    let isAsked = (): void => undefined;
    const scorerAsked = new Promise<void>((resolve) => (isAsked = resolve));
    const table = await playLanguageGame(
      'foresight',
      {},
      {
        ...scripted,
        generate: async (request, onText) => {
          if (request.role === 'scorer') isAsked();
          if (request.role === 'simulatorJudge') await scorerAsked;
          return scripted.generate(request, onText);
        },
      },
    );
    expect(await table.say('I stamp. I predict that it stops.')).toMatchObject({ accepted: true });
  });

  it('asks as often as the score is to be repeated', async () => {
    const { model, asked } = scorerSaying(verdict(true), verdict(false), verdict(true));
    const table = await playLanguageGame('foresight', { scoreRepeats: 3 }, model);
    await table.say('I stamp. I predict that it stops.');
    expect(asked).toHaveLength(3);
    await table.say('/finish');
    expect(scoreIn(table)).toMatchObject({ score: 100, repeats: [0, 100, 100], spread: 100 });
  });

  it('loses no turn to a scorer that fails: what is missing is judged at the end', async () => {
    const { model, asked } = scorerSaying(late, verdict(true));
    const table = await playLanguageGame('foresight', {}, model);
    expect(await table.say('I stamp. I predict that it stops.')).toMatchObject({ accepted: true, turns: 2 });
    expect(table.last('fact')?.data).toMatchObject({ predictionVerdicts: [], failure: 'model/timeout' });
    await table.say('/finish');
    expect(asked).toEqual(['model/timeout', verdict(true)]);
    expect(scoreIn(table)).toMatchObject({ tally: { correct: 1, wrong: 0, missed: 0 }, failure: null });
  });

  it('judges at the end what a power cut left unjudged, and plays on', async () => {
    const { model, asked } = scorerSaying(verdict(true));
    const table = await playLanguageGame('foresight', {}, model);
    await table.sayThroughPowerCut(
      'I stamp. I predict that it stops.',
      ({ data }) => data?.['predictionVerdicts'] !== undefined,
    );
    expect(await table.viewFor('pc')).toMatchObject({ turns: 2, awaiting: false });
    expect(scoreIn(table)).toBeUndefined();
    await table.say('/finish');
    expect(scoreIn(table)).toMatchObject({ tally: { correct: 1, wrong: 0, missed: 0 } });
    expect(asked.length).toBeGreaterThan(0);
  });

  it('keeps no verdict on a reply that is not played', async () => {
    const { model } = scorerSaying(verdict(true));
    const objecting: LanguageModel = {
      ...model,
      generate: async (request, onText) =>
        request.role === 'simulatorJudge'
          ? { text: JSON.stringify({ pass: false, reason: 'No.' }), model: 'test' }
          : model.generate(request, onText),
    };
    const table = await playLanguageGame('foresight', {}, objecting);
    expect(await table.say('I stamp. I predict that it stops.')).toMatchObject({ accepted: false });
    expect(table.log().filter(({ data }) => data?.['predictionVerdicts'] !== undefined)).toEqual([]);
  });

  it('is judged also where replies are not', async () => {
    const { model } = scorerSaying(verdict(false));
    const table = await playLanguageGame('foresight', { judgesReplies: false }, model);
    await table.say('I stamp. I predict that it stops.');
    expect(table.last('fact')?.data).toMatchObject({ predictionVerdicts: [{ isCorrect: false }] });
  });
});

describe('Infer Intent', () => {
  it('settles on one goal, which is told to the character and to nobody else', async () => {
    const objectives = new Set<string | undefined>();
    const table = await playLanguageGame(
      'infer-intent',
      {},
      {
        ...scripted,
        generate: (request, onText) => {
          objectives.add(request.scene?.objective);
          return scripted.generate(request, onText);
        },
      },
    );
    await table.say('I stamp on the ground.');
    const [objective = ''] = objectives;
    expect(mole.goals).toContain(objective);
    expect(objectives.size).toBe(1);
    expect(JSON.stringify(await table.viewFor('pc'))).not.toContain(objective);
    expect(table.log().find(({ kind }) => kind === 'fact')).toMatchObject({
      data: { objective },
      audience: [],
    });
  });
});

describe('Teamwork', () => {
  it('invents a goal, tells it when the scene is open, and shows it from then on', async () => {
    const table = await playLanguageGame('teamwork');
    const kinds = table.log().map(({ kind }) => kind);
    expect(kinds).toEqual(['session_start', 'info', 'fact', 'message', 'info']);
    const goal = JSON.stringify(table.log()[2]?.data?.['objective']).slice(1, -1);
    expect(goal).toMatch(/^to \S/);
    expect(table.log()[1]?.content).not.toContain('Your goal');
    expect(table.log()[4]).toMatchObject({ data: { sharedGoal: goal } });
    await table.say('/help');
    expect(table.last('command')?.content).toContain(`**Your goal, for both of you:** ${goal}.`);
    expect(await table.viewFor('pc')).toMatchObject({ sharedGoal: goal, npc: { hid: 'MOLE' } });
    expect(await table.viewFor('pc')).toMatchObject({ pc: { hid: gardener.hid } });
  });
});
