import { describe, expect, it } from 'vitest';
import { ModelFailure } from '../../../models/languageModel.ts';
import type { LanguageModel } from '../../../models/languageModel.ts';
import { createScriptedModel } from '../../../models/scripted/scriptedModel.ts';
import { playLanguageGame } from '../../../testing/scoredTable.ts';
import { showsEvaluation, showsFinalScore } from './visibility.ts';

const scripted = createScriptedModel();
const ACTION = 'I stamp on the ground. I predict that it stops.';

/** The scripted simulator, whose scorer gives these answers in turn, the last from then on; an error stands for a failure. */
function scorerSaying(...answers: readonly (string | ModelFailure)[]) {
  const asked: string[] = [];
  const model: LanguageModel = {
    ...scripted,
    generate: async (request, onText) => {
      if (request.role !== 'scorer') return scripted.generate(request, onText);
      const answer = answers[Math.min(asked.length, answers.length - 1)] ?? '';
      asked.push(request.subject ?? '');
      if (typeof answer === 'string') return { text: answer, model: 'test' };
      throw answer;
    },
  };
  return { model, asked };
}

const APPRAISED = JSON.stringify({
  tier: 2,
  score: 60,
  reasoning: 'You saw it dig.',
  evidence: ['It digs.'],
});
const timeout = new ModelFailure('model/timeout', 'as the test wants it');

describe('an evaluation', () => {
  it('scores a session that ended before it was scored, and stands in its log where no seat sees it', async () => {
    const { model, asked } = scorerSaying(APPRAISED);
    const table = await playLanguageGame('teamwork', { maxTurns: 2 }, model);
    await table.say(ACTION);
    expect(asked).toEqual([]);
    expect(await table.evaluate()).toMatchObject({ ok: true, exited: true, lastSeq: table.log().length });
    expect(table.log().at(-1)).toMatchObject({
      kind: 'evaluation',
      audience: [],
      data: { judge: 'judge', score: { task: 'shared-goal', tier: 2, score: 60, failure: null } },
    });
  });

  it('goes by what its player had answered when the session was closed', async () => {
    const { model, asked } = scorerSaying(APPRAISED);
    const table = await playLanguageGame('infer-intent', {}, model);
    for (const text of [ACTION, '/finish', 'It wants worms.']) await table.say(text);
    await table.close();
    await table.evaluate();
    expect(asked).toEqual(['It wants worms.']);
  });

  it('asks no model where there is nothing to score', async () => {
    const { model, asked } = scorerSaying(APPRAISED);
    const table = await playLanguageGame('infer-intent', {}, model);
    await table.say(ACTION);
    await table.close();
    expect(await table.evaluate()).toMatchObject({ ok: true });
    expect(asked).toEqual([]);
    expect(table.last('evaluation')?.data).toMatchObject({
      score: { score: null, failure: 'score/unanswered' },
    });
  });

  it('is asked for again with the same answers when the scorer had failed at the end', async () => {
    const { model, asked } = scorerSaying(timeout, APPRAISED);
    const table = await playLanguageGame('infer-intent', {}, model);
    for (const text of [ACTION, '/finish', 'It wants worms.', 'Quite.']) await table.say(text);
    expect(table.last('fact')?.data).toMatchObject({ score: { failure: 'model/timeout' } });
    expect(await table.evaluate()).toMatchObject({ ok: true });
    expect(asked).toEqual(['It wants worms.', 'It wants worms.']);
  });

  it('judges only the predictions that were not judged in their turns', async () => {
    const verdict = JSON.stringify({ verdict: 'correct', reasoning: 'So it was.' });
    const { model, asked } = scorerSaying(verdict, timeout, verdict);
    const table = await playLanguageGame('foresight', { maxTurns: 3 }, model);
    await table.say('I stamp. I predict that it stops.');
    await table.say('I wait. I predict that it digs.');
    await table.evaluate();
    expect(asked).toEqual(['it stops.', 'it digs.', 'it digs.']);
    expect(table.last('evaluation')?.data).toMatchObject({ score: { score: 100, tally: { correct: 2 } } });
  });

  it('is made once by each judge, also when many ask at once and after a restart', async () => {
    const { model, asked } = scorerSaying(APPRAISED);
    const table = await playLanguageGame('teamwork', { maxTurns: 2 }, model);
    await table.say(ACTION);
    const [first, ...others] = await Promise.all([table.evaluate(), table.evaluate(), table.evaluate()]);
    for (const other of others) expect(other).toEqual(first);
    table.restart();
    expect(await table.evaluate()).toEqual(first);
    expect(asked).toHaveLength(1);
    expect(await table.evaluate('another judge')).not.toEqual(first);
    expect(asked).toHaveLength(2);
  });

  it('leaves no trace when no model answers, and may be asked for again', async () => {
    const { model } = scorerSaying(timeout, APPRAISED);
    const table = await playLanguageGame('teamwork', { maxTurns: 2 }, model);
    await table.say(ACTION);
    const before = table.log().length;
    expect(await table.evaluate()).toMatchObject({ ok: false, reason: 'model/timeout', retryable: true });
    expect(table.log()).toHaveLength(before);
    expect(await table.evaluate()).toMatchObject({ ok: true });
  });

  it('changes nothing of the session but the length of its log', async () => {
    const table = await playLanguageGame('teamwork', { maxTurns: 2 }, scorerSaying(APPRAISED).model);
    await table.say(ACTION);
    const before = await table.viewFor(null, true);
    await table.evaluate();
    expect(await table.viewFor(null, true)).toEqual(before);
    expect(await table.say(ACTION)).toMatchObject({ ok: false, reason: 'session/closed' });
  });

  it('is refused while the session goes on, and where the game gives no score', async () => {
    const table = await playLanguageGame('teamwork');
    expect(await table.evaluate()).toMatchObject({ ok: false, reason: 'evaluation/not-over' });
    const explore = await playLanguageGame('explore');
    await explore.close();
    expect(await explore.evaluate()).toMatchObject({ ok: false, reason: 'evaluation/not-scored' });
  });
});

describe('what a player learns of how they did', () => {
  it.each([
    // condition, showFinalScore, of an experiment: at the end, and on request
    [undefined, true, false, true, true],
    [undefined, false, false, false, false],
    [undefined, true, true, true, false],
    ['learning', true, true, true, true],
    ['learning', false, true, false, true],
    ['static', true, true, false, false],
    ['static', true, false, false, false],
  ] as const)(
    'with the condition %s, showFinalScore %s and an experiment %s: the final score %s, an evaluation %s',
    (...row) => {
      const [condition, showFinalScore, isOfExperiment, final, evaluation] = row;
      const config = { condition, showFinalScore };
      expect(showsFinalScore(config)).toBe(final);
      expect(showsEvaluation(config, isOfExperiment)).toBe(evaluation);
    },
  );
});
