import { describe, expect, it } from 'vitest';
import type { LanguageModel } from '../../../models/languageModel.ts';
import { createScriptedModel } from '../../../models/scripted/scriptedModel.ts';
import { mole } from '../../../testing/characterSheets.ts';
import { playLanguageGame } from '../../../testing/scoredTable.ts';

const scripted = createScriptedModel();
const ACTION = 'I stamp on the ground. I predict that it stops.';
const GOAL = mole.goals[1] ?? '';

/** The scripted simulator, with a scorer that says this, or all that it was told. */
const scoring = (say: (told: string) => string): LanguageModel => ({
  ...scripted,
  generate: async (request, onText) =>
    request.role === 'scorer'
      ? { text: say(request.prompt.system), model: 'test' }
      : scripted.generate(request, onText),
});

const appraising = (reasoning: (told: string) => string, ...evidence: string[]): LanguageModel =>
  scoring((told) => JSON.stringify({ tier: 2, score: 60, reasoning: reasoning(told), evidence }));

const scoreIn = (table: Awaited<ReturnType<typeof playLanguageGame>>) => table.last('fact')?.data?.['score'];

async function played(game: string, model: LanguageModel, ...texts: string[]) {
  const table = await playLanguageGame(game, {}, model);
  for (const text of [ACTION, ...texts]) await table.say(text);
  return table;
}

describe('a score whose reasoning tells what its scorer was told', () => {
  it('stands, and says that its reasoning is withheld', async () => {
    const model = appraising((told) => `You saw it dig. ${told.slice(0, 600)}`, 'It stops.');
    const table = await played('infer-intent', model, '/finish', 'Worms.', 'Sure.');
    expect(scoreIn(table)).toMatchObject({
      tier: 2,
      score: 60,
      withheld: 'instructions',
      evidence: ['It stops.'],
      failure: null,
    });
    expect(table.last('info')?.content).toContain('**Score:** 60 of 100');
    expect(table.last('info')?.content).toContain('withheld');
    expect(JSON.stringify(table.log())).not.toContain('You score how well');
    expect(table.faults).toEqual([]);
  });

  it('tells nothing of a hidden sheet, in its reasoning or in what that rests on', async () => {
    const model = appraising(() => 'You saw it dig.', `It wants to ${GOAL}.`, 'It stops.');
    const table = await played('goal-horizon', model, '/finish', 'It can dig.', 'Sure.');
    expect(scoreIn(table)).toMatchObject({
      reasoning: 'You saw it dig.',
      evidence: ['It stops.'],
      withheld: 'sheet',
    });
  });

  it('may repeat what the player has found out', async () => {
    const model = appraising(() => `You said that it wants to ${GOAL}, and it does.`);
    const table = await played('infer-intent', model, '/finish', `It wants to ${GOAL}.`, 'Sure.');
    expect(scoreIn(table)).toMatchObject({ reasoning: `You said that it wants to ${GOAL}, and it does.` });
    expect(scoreIn(table)).not.toHaveProperty('withheld');
  });

  it('is asked for once, whatever it tells', async () => {
    let asked = 0;
    const model = appraising((told) => {
      asked += 1;
      return told.slice(0, 600);
    });
    await played('infer-intent', model, '/finish', 'Worms.', 'Sure.');
    expect(asked).toBe(1);
  });

  it.each(['finished', 'left'])('is none of predictions in a game that is %s', async (how) => {
    const model = scoring((told) => JSON.stringify({ verdict: 'correct', reasoning: told.slice(0, 290) }));
    const table = await played('foresight', model);
    if (how === 'finished') await table.say('/finish');
    else await table.close();
    expect(scoreIn(table)).toMatchObject({ score: 100, withheld: 'instructions', evidence: [] });
    expect(table.read()).not.toContain('You judge one prediction');
  });

  it('is withheld of an evaluation as well', async () => {
    const model = appraising((told) => told.slice(0, 600));
    const table = await played('infer-intent', model, '/finish', 'Worms.');
    await table.close();
    await table.evaluate();
    expect(table.last('evaluation')?.data?.['score']).toMatchObject({ score: 60, withheld: 'instructions' });
    expect(JSON.stringify(table.last('evaluation'))).not.toContain('You score how well');
  });
});
