import { describe, expect, it } from 'vitest';
import { enteredExplore, exploreTable, kindsOf, lastOf, REFUSAL } from '../../testing/exploreTable.ts';
import { explore } from './explore.ts';
import { SIMULATOR_RULES } from './rules.ts';

describe('entering', () => {
  it('says the help first, then opens the scene as turn 1', async () => {
    const game = await enteredExplore();
    expect(kindsOf(game)).toEqual(['system/info', 'npc/message']);
    expect(game.asked).toEqual([{ role: 'opener', durable: 1 }]);
    expect(explore.progress(game.state())).toEqual({ turns: 1, finished: null });
    expect(game.drafts.at(-1)).toBe(lastOf(game)?.content);
  });

  it('says who plays, the limits and the commands', async () => {
    const help =
      (await enteredExplore({ maxTurns: 7, maxPlaytimeSeconds: 90, retryBudget: 3 })).log[0]?.content ?? '';
    for (const part of [
      'Ines',
      'the digger',
      '7 turns',
      '90 seconds',
      '3 attempts',
      '/help',
      '/abilities',
      '/finish',
    ]) {
      expect(help).toContain(part);
    }
    for (const retryBudget of [0, 1]) {
      expect((await enteredExplore({ retryBudget })).log[0]?.content).toContain('ends the game.');
    }
  });

  it('lets the game file say the introduction in its own words', async () => {
    const help = (await enteredExplore({ help: 'Only this.' })).log[0]?.content ?? '';
    expect(help).toContain('Only this.');
    expect(help).not.toContain('## Explore');
    expect(help).toContain('/finish');
  });

  it('keeps the other character out of help and abilities where its details are hidden', async () => {
    const game = await enteredExplore({ showNpcDetails: false });
    await game.say('/abilities');
    expect(game.log[0]?.content).not.toContain('digger');
    expect(lastOf(game)?.content).not.toContain('worms');
    expect(lastOf(game)?.content).toContain('forty kilograms');
  });

  it('can be repeated after the model failed, without saying the help twice', async () => {
    const game = exploreTable();
    game.answers = { opener: 'model/unavailable' };
    expect(await game.play({ type: 'enter' })).toMatchObject({ ok: true, accepted: false });
    expect(lastOf(game)).toMatchObject({ kind: 'error', data: { reason: 'model/unavailable' } });
    expect(await game.say('I wave.')).toMatchObject({ ok: false, reason: 'session/not-opened' });
    game.answers = {};
    await game.play({ type: 'enter' });
    expect(kindsOf(game)).toEqual(['system/info', 'system/error', 'npc/message']);
    expect(explore.progress(game.state()).turns).toBe(1);
  });

  it('refuses to open an open scene', async () => {
    expect(await (await enteredExplore()).play({ type: 'enter' })).toMatchObject({
      ok: false,
      reason: 'session/already-opened',
    });
  });
});

describe('an action', () => {
  it('is durable before a model is asked, then checked while it is answered, then the answer is checked', async () => {
    const game = await enteredExplore();
    await game.say('  I knock on the ground.  ');
    expect(game.log[2]).toMatchObject({
      kind: 'message',
      source: 'user',
      content: 'I knock on the ground.',
      seat: 'pc',
    });
    expect(game.asked.slice(1).every(({ durable }) => durable === 3)).toBe(true);
    const asked = game.requests.slice(1).map(({ role, task }) => `${role}/${task}`);
    expect(asked.slice(0, 4).toSorted()).toEqual([
      'playerJudge/ability',
      'playerJudge/action',
      'playerJudge/authority',
      'updater/reply',
    ]);
    expect(asked.slice(4)).toEqual(SIMULATOR_RULES.map((rule) => `simulatorJudge/${rule}`));
    expect(game.phases.slice(-3)).toEqual(['checking', 'writing', 'checking']);
    expect(lastOf(game)).toMatchObject({ kind: 'message', source: 'npc', format: 'markdown' });
    expect(lastOf(game)?.data).toMatchObject({ model: 'scripted' });
    expect(explore.progress(game.state()).turns).toBe(2);
  });

  it('that breaks a rule costs one attempt and is recorded for researchers', async () => {
    const game = await enteredExplore();
    game.answers = { playerJudge: REFUSAL };
    expect(await game.say('Hm.')).toMatchObject({ ok: true, accepted: false });
    expect(kindsOf(game).slice(2)).toEqual(['user/message', 'player/validation_violation', 'system/error']);
    expect(lastOf(game)).toMatchObject({
      data: { reason: 'input/against-rules', fault: 'player', retryBudgetLeft: 9 },
    });
    expect(lastOf(game)?.content).toContain('9 attempts are left');
    expect(game.state().turns).toBe(1);
    expect(game.state().transcript).toHaveLength(1);
  });

  it.each([0, 1])(
    'that breaks a rule ends the game when no attempt is left (budget %i)',
    async (retryBudget) => {
      const game = await enteredExplore({ retryBudget });
      game.answers = { playerJudge: REFUSAL };
      await game.say('Hm.');
      expect(lastOf(game)).toMatchObject({ kind: 'info', data: { finished: 'retry budget exhausted' } });
      expect(explore.progress(game.state()).finished).toBe('retry budget exhausted');
      expect(await game.say('I wave.')).toMatchObject({ ok: false, reason: 'session/closed' });
    },
  );

  it.each(['model/unavailable', 'model/timeout', 'model/refused', 'model/cancelled'] as const)(
    'costs nothing when the model fails with %s, and the session goes on',
    async (reason) => {
      for (const role of ['playerJudge', 'updater', 'simulatorJudge'] as const) {
        const game = await enteredExplore();
        game.answers = { [role]: reason };
        expect(await game.say('I wave.')).toMatchObject({ ok: true, accepted: false });
        const fault = reason === 'model/cancelled' ? 'system' : 'provider';
        expect(lastOf(game)).toMatchObject({ kind: 'error', data: { reason, fault } });
        expect(lastOf(game)?.content).toContain('not your fault');
        expect(game.state()).toMatchObject({ retryBudgetLeft: 10, turns: 1, pending: null });
        game.answers = {};
        expect(await game.say('I wave.')).toMatchObject({ ok: true, accepted: true });
      }
    },
  );

  it.each(['', '{}', 'yes', '{"pass":"false","reason":"x"}', '{"pass":1}', '[]', 'null', '{"pass":true'])(
    'is not held against the player when the judge answers %j',
    async (verdict) => {
      const game = await enteredExplore();
      game.answers = { playerJudge: verdict };
      await game.say('I wave.');
      expect(lastOf(game)).toMatchObject({ kind: 'error', data: { reason: 'model/refused' } });
      expect(game.state().retryBudgetLeft).toBe(10);
      expect(game.asked.at(-1)?.role).toBe('playerJudge');
    },
  );

  it('is not answered with nothing', async () => {
    const game = await enteredExplore();
    game.answers = { updater: ' \n ' };
    await game.say('I wave.');
    expect(lastOf(game)).toMatchObject({ data: { reason: 'model/refused' } });
  });

  it.each(['', '   ', '\n\t', '\u200b\u200b', '\u0000', '\u2028'])(
    'refuses %j as empty, without a trace',
    async (text) => {
      const game = await enteredExplore();
      const before = game.log.length;
      expect(await game.say(text)).toMatchObject({ ok: false, reason: 'input/empty' });
      expect(game.log).toHaveLength(before);
    },
  );

  it('may be as long as the limit, counted in code points, and no longer', async () => {
    const game = await enteredExplore({ maxInputLength: 5 });
    expect(await game.say('🐙🐙🐙🐙🐙')).toMatchObject({ ok: true, accepted: true });
    const before = game.log.length;
    expect(await game.say('🐙🐙🐙🐙🐙🐙')).toMatchObject({ ok: true, accepted: false });
    expect(game.log).toHaveLength(before + 1);
    expect(lastOf(game)).toMatchObject({
      kind: 'error',
      data: { reason: 'input/too-long', length: 6, limit: 5 },
    });
    expect(game.state().retryBudgetLeft).toBe(10);
  });

  it('is recorded well-formed and without control characters', async () => {
    const game = await enteredExplore();
    await game.say('I w\u0000ave\ud800 and\r\nsay "שלום"\u0007');
    expect(game.log[2]?.content).toBe('I wave\ufffd and\nsay "שלום"');
  });

  it('keeps the last twelve lines of the scene and no more', async () => {
    const game = await enteredExplore();
    for (let index = 0; index < 10; index += 1) await game.say(`I knock ${index} times.`);
    expect(game.state().transcript).toHaveLength(12);
    expect(game.state().transcript[0]).toEqual({ speaker: 'player', text: 'I knock 4 times.' });
  });

  it('comes from the player’s seat or not at all', async () => {
    const game = await enteredExplore();
    expect(await game.play({ type: 'text', seat: 'npc', text: 'I wave.' })).toMatchObject({ ok: false });
    expect(await game.play({ type: 'action', seat: 'pc', action: undefined as never })).toMatchObject({
      ok: false,
      reason: 'input/not-an-action',
    });
  });
});

describe('commands', () => {
  it.each(['/help', '/HELP', '/help please'])('%j says the help again', async (text) => {
    const game = await enteredExplore();
    expect(await game.say(text)).toMatchObject({ ok: true, accepted: true });
    expect(kindsOf(game).slice(2)).toEqual(['user/command', 'system/command']);
    expect(game.log[2]).toMatchObject({ content: text, command: 'help' });
    expect(game.state()).toMatchObject({ turns: 1, pending: null });
  });

  it('/abilities lists them as bullets', async () => {
    const game = await enteredExplore();
    await game.say('/abilities');
    expect(lastOf(game)?.content).toContain('- Can graft a tree');
    expect(lastOf(game)?.content).toContain('- Can dig six metres an hour.');
  });

  it('/finish ends the game at once', async () => {
    const game = await enteredExplore();
    await game.say('/finish');
    expect(explore.progress(game.state()).finished).toBe('player finished');
    expect(game.asked).toHaveLength(1);
  });

  it.each([
    ['/finnish', '/finish'],
    ['/hlep me', '/help'],
    ['/', null],
    ['/teleport', null],
  ])('%j gets a helpful answer and costs nothing', async (text, meant) => {
    const game = await enteredExplore();
    expect(await game.say(text)).toMatchObject({ ok: true, accepted: false });
    expect(kindsOf(game).slice(2)).toEqual(['system/info']);
    expect(lastOf(game)?.content).toContain('/abilities');
    if (meant !== null) expect(lastOf(game)?.content).toContain(`Did you mean \`${meant}\`?`);
    expect(game.state()).toMatchObject({ turns: 1, retryBudgetLeft: 10 });
    expect(game.asked).toHaveLength(1);
  });

  it('is kept to a bounded length whatever follows it', async () => {
    const game = await enteredExplore({ maxInputLength: 20 });
    await game.say(`/help ${'x'.repeat(1_000_000)}`);
    expect(game.log[2]?.content.length).toBeLessThan(30);
  });
});

describe('the configuration', () => {
  it.each([
    { maxTurns: 0 },
    { maxTurns: 501 },
    { maxTurns: 1.5 },
    { maxPlaytimeSeconds: 3601 },
    { retryBudget: -1 },
    { retryBudget: 11 },
    { maxInputLength: 351 },
    { maxInputLength: 0 },
    { unknown: 1 },
    { help: ' ' },
  ])('does not take %j', (config) => {
    expect(explore.configSchema.safeParse(config).success).toBe(false);
  });
});
