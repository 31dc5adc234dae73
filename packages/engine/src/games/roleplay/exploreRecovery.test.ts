import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isClassified } from '../../session/event.ts';
import { enteredExplore, exploreTable, folded, kindsOf, REFUSAL } from '../../testing/exploreTable.ts';
import { explore } from './explore.ts';

describe('a crash', () => {
  it.each([
    ['I knock.', {}, 2],
    ['Hm.', { playerJudge: REFUSAL }, 3],
    ['/help', {}, 2],
    ['/finish', {}, 2],
  ] as const)('at any point of %j is made good by a resume', async (text, answers, length) => {
    const command = { type: 'text', seat: 'pc', text } as const;
    const whole = await enteredExplore({ retryBudget: 3 });
    whole.answers = answers;
    await whole.play(command);
    for (let durable = 1; durable < length; durable += 1) {
      const game = await enteredExplore({ retryBudget: 3 });
      game.answers = answers;
      await game.crashAfter(command, durable);
      await game.play({ type: 'resume' });
      expect(kindsOf(game)).toEqual(kindsOf(whole));
      expect(game.state()).toEqual(whole.state());
    }
  });

  it('between the help and the opening leaves the opening to a resume', async () => {
    const game = exploreTable();
    await game.crashAfter({ type: 'enter' }, 1);
    expect(game.state()).toMatchObject({ entered: true, opened: false });
    await game.play({ type: 'resume' });
    expect(kindsOf(game)).toEqual(['system/info', 'npc/message']);
  });

  it.each([1, 2, 3, 4])('within the last attempt still ends the game (after %i events)', async (durable) => {
    const game = await enteredExplore({ retryBudget: 1 });
    game.answers = { playerJudge: REFUSAL };
    await game.crashAfter({ type: 'text', seat: 'pc', text: 'Hm.' }, durable);
    const asked = game.asked.length;
    expect(await game.play({ type: 'resume' })).toMatchObject({ ok: true });
    expect(explore.progress(game.state()).finished).toBe('retry budget exhausted');
    expect(kindsOf(game).filter((kind) => kind === 'player/validation_violation')).toHaveLength(1);
    if (durable > 1) expect(game.asked).toHaveLength(asked);
  });

  it('does not lose the turn if the model fails while it is made good', async () => {
    const game = await enteredExplore();
    await game.crashAfter({ type: 'text', seat: 'pc', text: 'I knock.' }, 1);
    expect(await game.say('I knock again.')).toMatchObject({ ok: false, reason: 'turn/unfinished' });
    game.answers = { updater: 'model/timeout' };
    await game.play({ type: 'resume' });
    expect(game.state()).toMatchObject({ pending: null, retryBudgetLeft: 10 });
  });

  it('after everything was written is answered with a word, not with a second turn', async () => {
    const game = await enteredExplore();
    await game.say('I knock.');
    const { turns } = game.state();
    expect(await game.play({ type: 'resume' })).toMatchObject({ ok: true, accepted: true });
    expect(game.state().turns).toBe(turns);
  });
});

describe('as a property', () => {
  const step = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }).map((text) => ({ text, answers: {} })),
    fc
      .constantFrom('/help', '/abilities', '/nope', 'I knock.', 'I wait.')
      .map((text) => ({ text, answers: {} })),
    fc.constant({ text: 'Hm.', answers: { playerJudge: REFUSAL } }),
    fc.constant({ text: 'I wave.', answers: { updater: 'model/timeout' as const } }),
    fc.constant({ text: 'I wave.', answers: { playerJudge: 'garbage' } }),
  );

  it('the state is the fold of the log, every event has a class, and nothing stays pending', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const game = await enteredExplore({ retryBudget: 3 });
        for (const { text, answers } of steps) {
          game.answers = answers;
          await game.say(text);
        }
        expect(folded(game)).toEqual(game.state());
        expect(game.log.every(isClassified)).toBe(true);
        expect(game.state().pending).toBeNull();
        expect(game.state().turns).toBe(game.log.filter((event) => event.source === 'npc').length);
      }),
      { numRuns: 60 },
    );
  });
});
