import { describe, expect, it } from 'vitest';
import { gardener, mole } from '../../testing/characterSheets.ts';
import { enteredExplore } from '../../testing/exploreTable.ts';
import { explore } from './explore.ts';

describe('what may be seen', () => {
  it('is everything the page needs and nothing of goals, persona or transcript', async () => {
    const game = await enteredExplore();
    const view = explore.view(game.state(), { seat: 'pc', seesAll: false });
    expect(view).toMatchObject({
      opened: true,
      finished: null,
      awaiting: false,
      maxInputLength: 350,
      retryBudget: 10,
      retryBudgetLeft: 10,
      pc: { hid: 'INES', name: 'Ines' },
      npc: { hid: 'MOLE', name: 'the digger' },
    });
    const text = JSON.stringify(view);
    for (const hidden of [...gardener.goals, ...mole.goals, ...mole.personaFeatures])
      expect(text).not.toContain(hidden);
  });

  it('leaves out a hidden character, and both for those without a seat', async () => {
    const game = await enteredExplore({ showNpcDetails: false });
    expect(explore.view(game.state(), { seat: 'pc', seesAll: false })).toMatchObject({ npc: null });
    expect(explore.view(game.state(), { seat: null, seesAll: false })).toMatchObject({ pc: null, npc: null });
    expect(explore.view(game.state(), { seat: null, seesAll: true })).toMatchObject({ npc: { hid: 'MOLE' } });
  });

  it('names a hidden character in no event, because no model is told its name', async () => {
    const game = await enteredExplore({ showNpcDetails: false });
    for (const text of ['I knock on the ground.', '/abilities', '/help']) await game.say(text);
    const said = JSON.stringify(game.log);
    expect(said).toContain('the other one');
    for (const told of ['MOLE', 'digger', mole.shortDescription, ...mole.abilities])
      expect(said).not.toContain(told);
  });
});
