import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { info } from '../../session/drafts.ts';
import { gardener, mole } from '../../testing/characterSheets.ts';
import { createRoleplayTable } from '../../testing/roleplayTable.ts';
import { roleplayConfigSchema } from './config.ts';
import { defineLanguageGame } from './languageGame.ts';
import { finishNotice } from './notices.ts';

/** A sixth game: at the end it asks what the other wanted, and shows or hides the score. One file. */
const guess = defineLanguageGame({
  name: 'guess-the-goal',
  configSchema: roleplayConfigSchema.extend({ showFinalScore: z.boolean().default(true) }),
  intro: 'Find out what the other one wants.',
  commands: [
    {
      name: 'guess',
      description: 'Say what the other one wants.',
      run: () => [info('What does it want?', { asks: true })],
    },
  ],
  own: {
    schema: z.object({ asking: z.boolean(), score: z.number().nullable() }),
    init: () => ({ asking: false, score: null as number | null }),
    evolve: (own, event) => {
      const score = event.data?.['score'];
      if (typeof score === 'number') return { asking: false, score };
      return event.data?.['asks'] === true ? { ...own, asking: true } : own;
    },
    isAsking: (own) => own.asking,
    takeAnswer: async (state, text) => {
      const score = state.npc.goals.includes(text) ? 100 : 0;
      const words = state.config.showFinalScore ? `Score: ${score}` : 'Thank you.';
      const finish = finishNotice('game completed', words);
      return [{ ...finish, data: { ...finish.data, score } }];
    },
    view: ({ own: { asking, score }, config: { showFinalScore } }) => ({
      asking,
      score: showFinalScore ? score : null,
    }),
  },
});

const table = (config = {}) => createRoleplayTable(guess, config, { pc: gardener, npc: mole });

describe('a language game defined in one file', () => {
  it('has the common commands beside its own', () => {
    expect(guess.commands.map(({ name }) => name)).toEqual(['help', 'abilities', 'guess']);
  });

  it('takes the text after its question as an answer, not as an action', async () => {
    const game = table();
    await game.play({ type: 'enter' });
    await game.say('/guess');
    const asked = game.asked.length;
    expect(await game.say('/help')).toMatchObject({ accepted: true });
    await game.say('meet nobody');
    expect(game.asked).toHaveLength(asked);
    expect(guess.progress(game.state())).toEqual({ turns: 1, finished: 'game completed' });
    expect(guess.view(game.state(), { seat: 'pc', seesAll: false })).toMatchObject({
      asking: false,
      score: 100,
    });
  });

  it('finishes an answer that a crash left open', async () => {
    const game = table({ showFinalScore: false });
    await game.play({ type: 'enter' });
    await game.say('/guess');
    await game.crashAfter({ type: 'text', seat: 'pc', text: 'peace' }, 1);
    await game.play({ type: 'resume' });
    expect(game.state()).toMatchObject({ finished: 'game completed', own: { score: 0 } });
    expect(guess.view(game.state(), { seat: 'pc', seesAll: false })).toMatchObject({ score: null });
  });

  it('keeps a command that a crash cut off', async () => {
    const game = table();
    await game.play({ type: 'enter' });
    await game.crashAfter({ type: 'text', seat: 'pc', text: '/guess' }, 1);
    await game.play({ type: 'resume' });
    expect(game.state().own.asking).toBe(true);
  });
});
