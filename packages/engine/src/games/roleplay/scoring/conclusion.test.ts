import { describe, expect, it } from 'vitest';
import { ModelFailure } from '../../../models/languageModel.ts';
import type { LanguageModel } from '../../../models/languageModel.ts';
import { createScriptedModel } from '../../../models/scripted/scriptedModel.ts';
import { playLanguageGame } from '../../../testing/scoredTable.ts';

const scripted = createScriptedModel();

/** The scripted simulator with a scorer that always finds a prediction right, and counts how often it is asked. */
function countingScorer() {
  const asked: string[] = [];
  const model: LanguageModel = {
    ...scripted,
    generate: async (request, onText) => {
      if (request.role !== 'scorer') return scripted.generate(request, onText);
      asked.push(request.task);
      return { text: JSON.stringify({ verdict: 'correct', reasoning: 'So it was.' }), model: 'test' };
    },
  };
  return { model, asked };
}

const scorerGone: LanguageModel = {
  ...scripted,
  generate: async (request, onText) => {
    if (request.role === 'scorer') throw new ModelFailure('model/unavailable', 'as the test wants it');
    return scripted.generate(request, onText);
  },
};

type Table = Awaited<ReturnType<typeof playLanguageGame>>;

const scoresIn = (table: Table) =>
  table.log().flatMap(({ data }) => (data?.['score'] === undefined ? [] : [data['score']]));
const ACTION = 'I stamp on the ground. I predict that it stops.';

describe('a session that ends before its player has finished the game', () => {
  it('is scored at a limit by the verdicts given in its turns, without asking a model', async () => {
    const { model, asked } = countingScorer();
    const table = await playLanguageGame('foresight', { maxTurns: 3 }, model);
    await table.say(ACTION);
    expect(await table.say('I wait.')).toMatchObject({
      exited: true,
      exitReason: 'stopping_condition_met:_turns_>=3',
    });
    expect(asked).toEqual(['next-action']);
    expect(scoresIn(table)).toMatchObject([
      { score: 70, tally: { correct: 1, wrong: 0, missed: 1 }, failure: null },
    ]);
    expect(table.log().at(-1)?.kind).toBe('session_end');
    expect(table.last('info')).toMatchObject({
      content: expect.stringContaining('1 right, 0 wrong; 1 turn without one'),
      data: { finalScore: 70 },
    });
    expect(await table.viewFor('pc')).toMatchObject({ score: { score: 70 } });
  });

  it('is not scored where a verdict is missing, and says so instead of counting it as wrong', async () => {
    const table = await playLanguageGame('foresight', { maxTurns: 2 }, scorerGone);
    await table.say(ACTION);
    expect(scoresIn(table)).toMatchObject([{ tier: null, score: null, failure: 'score/not-asked' }]);
  });

  it.each([
    ['infer-intent', 'score/unanswered'],
    ['goal-horizon', 'score/unanswered'],
    ['teamwork', 'score/not-asked'],
  ] as const)('says why %s has no score, so that nobody takes it for a zero (%s)', async (game, failure) => {
    for (const end of ['limit', 'close'] as const) {
      const table = await playLanguageGame(game, end === 'limit' ? { maxTurns: 2 } : {});
      await table.say(ACTION);
      if (end === 'close') await table.close();
      expect(table.log().at(-1)?.kind).toBe('session_end');
      expect(scoresIn(table)).toMatchObject([{ tier: null, score: null, repeats: [], failure }]);
      expect(await table.viewFor('pc')).toMatchObject({ score: { tier: null, score: null, failure } });
      expect(table.faults).toEqual([]);
    }
  });

  it('keeps the answers that were in: what they say of the other can still be scored', async () => {
    const table = await playLanguageGame('infer-intent');
    for (const text of [ACTION, '/finish', 'It wants worms.']) await table.say(text);
    await table.close();
    expect(table.last('fact')?.data).toMatchObject({
      answers: { intent: 'It wants worms.' },
      score: { score: null, failure: 'score/not-asked' },
    });
  });

  it('says that nothing was played when it was closed at once, and tells no player of a score', async () => {
    const table = await playLanguageGame('goal-horizon');
    await table.close();
    expect(scoresIn(table)).toMatchObject([{ score: null, failure: 'score/nothing-played' }]);
    expect(table.read()).not.toContain('Final score');
  });

  it('says so as well when the last attempt is spent', async () => {
    const table = await playLanguageGame('infer-intent', { retryBudget: 1 });
    await table.say(ACTION);
    await table.say('I turn invisible.');
    expect(table.last('session_end')?.data).toMatchObject({ reason: 'validation_retry_exhausted' });
    expect(scoresIn(table)).toMatchObject([{ score: null, failure: 'score/unanswered' }]);
  });

  it.each([{ showFinalScore: false }, { condition: 'static' }])(
    'tells its player nothing of a score where that is not shown (%o)',
    async (config) => {
      const { model } = countingScorer();
      const table = await playLanguageGame('foresight', { ...config, maxTurns: 2 }, model);
      await table.say(ACTION);
      expect(scoresIn(table)).toMatchObject([{ score: 100 }]);
      expect(table.read()).not.toMatch(/final score|tier/i);
      expect(await table.viewFor('pc')).toMatchObject({ score: null });
    },
  );

  it('has no second score when the game was finished and scored', async () => {
    const { model } = countingScorer();
    const table = await playLanguageGame('foresight', {}, model);
    for (const text of [ACTION, '/finish']) await table.say(text);
    expect(scoresIn(table)).toHaveLength(1);
  });

  it('is scored anew when a power cut took the end of it and play goes on', async () => {
    const { model } = countingScorer();
    const table = await playLanguageGame('foresight', {}, model);
    await table.say(ACTION);
    await table.closeThroughPowerCut();
    expect(scoresIn(table)).toHaveLength(1);
    expect(table.last('session_end')).toBeUndefined();
    await table.say('I wait.');
    await table.say('/finish');
    expect(scoresIn(table).at(-1)).toMatchObject({ tally: { correct: 1, wrong: 0, missed: 1 } });
    expect(scoresIn(table)).toHaveLength(2);
  });

  it('is closed by the same command after a power cut, with the score that was written before', async () => {
    const { model } = countingScorer();
    const table = await playLanguageGame('foresight', {}, model);
    await table.say(ACTION);
    await table.closeThroughPowerCut();
    expect(await table.close()).toMatchObject({ accepted: true, exited: true });
    expect(scoresIn(table)).toHaveLength(1);
  });
});
