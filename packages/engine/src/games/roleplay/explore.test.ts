import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isClassified } from '../../session/event.ts';
import { gardener, mole } from '../../testing/characterSheets.ts';
import { createRoleplayTable } from '../../testing/roleplayTable.ts';
import type { RoleplayTable } from '../../testing/roleplayTable.ts';
import { explore } from './explore.ts';

const CAST = { pc: gardener, npc: mole };
const REFUSAL = JSON.stringify({ pass: false, reason: 'Say what your character does.' });

type Table = ReturnType<typeof table>;
const table = (config: Record<string, unknown> = {}) => createRoleplayTable(explore, config, CAST);

async function entered(config: Record<string, unknown> = {}): Promise<Table> {
  const game = table(config);
  await game.play({ type: 'enter' });
  return game;
}

const kinds = (game: Pick<RoleplayTable<unknown>, 'log'>): string[] =>
  game.log.map((event) => `${event.source}/${event.kind}`);
const last = (game: Pick<RoleplayTable<unknown>, 'log'>) => game.log.at(-1);
const folded = (game: Table) =>
  game.log.reduce(
    explore.evolve,
    explore.init({ config: explore.configSchema.parse(game.state().config), characters: CAST }),
  );

describe('entering', () => {
  it('says the help first, then opens the scene as turn 1', async () => {
    const game = await entered();
    expect(kinds(game)).toEqual(['system/info', 'npc/message']);
    expect(game.asked).toEqual([{ role: 'opener', durable: 1 }]);
    expect(explore.progress(game.state())).toEqual({ turns: 1, finished: null });
    expect(game.drafts.at(-1)).toBe(last(game)?.content);
  });

  it('says who plays, the limits and the commands', async () => {
    const help =
      (await entered({ maxTurns: 7, maxPlaytimeSeconds: 90, retryBudget: 1 })).log[0]?.content ?? '';
    for (const part of [
      'Ines',
      'the digger',
      '7 turns',
      '90 seconds',
      '1 attempt.',
      '/help',
      '/abilities',
      '/finish',
    ]) {
      expect(help).toContain(part);
    }
    expect(help).not.toContain('1 attempts');
  });

  it('lets the game file say the introduction in its own words', async () => {
    const help = (await entered({ help: 'Only this.' })).log[0]?.content ?? '';
    expect(help).toContain('Only this.');
    expect(help).not.toContain('## Explore');
    expect(help).toContain('/finish');
  });

  it('keeps the other character out of help and abilities where its details are hidden', async () => {
    const game = await entered({ showNpcDetails: false });
    await game.say('/abilities');
    expect(game.log[0]?.content).not.toContain('digger');
    expect(last(game)?.content).not.toContain('worms');
    expect(last(game)?.content).toContain('forty kilograms');
  });

  it('can be repeated after the model failed, without saying the help twice', async () => {
    const game = table();
    game.answers = { opener: 'model/unavailable' };
    expect(await game.play({ type: 'enter' })).toMatchObject({ ok: true, accepted: false });
    expect(last(game)).toMatchObject({ kind: 'error', data: { reason: 'model/unavailable' } });
    expect(await game.say('I wave.')).toMatchObject({ ok: false, reason: 'session/not-opened' });
    game.answers = {};
    await game.play({ type: 'enter' });
    expect(kinds(game)).toEqual(['system/info', 'system/error', 'npc/message']);
    expect(explore.progress(game.state()).turns).toBe(1);
  });

  it('refuses to open an open scene', async () => {
    expect(await (await entered()).play({ type: 'enter' })).toMatchObject({
      ok: false,
      reason: 'session/already-opened',
    });
  });
});

describe('an action', () => {
  it('is durable before a model is asked, then checked, then answered', async () => {
    const game = await entered();
    await game.say('  I knock on the ground.  ');
    expect(game.log[2]).toMatchObject({
      kind: 'message',
      source: 'user',
      content: 'I knock on the ground.',
      seat: 'pc',
    });
    expect(game.asked.slice(1)).toEqual([
      { role: 'playerJudge', durable: 3 },
      { role: 'updater', durable: 3 },
    ]);
    expect(game.phases.slice(-2)).toEqual(['checking', 'writing']);
    expect(last(game)).toMatchObject({ kind: 'message', source: 'npc', format: 'markdown' });
    expect(last(game)?.data).toMatchObject({ model: 'scripted' });
    expect(explore.progress(game.state()).turns).toBe(2);
  });

  it('that breaks a rule costs one attempt and is recorded for researchers', async () => {
    const game = await entered();
    game.answers = { playerJudge: REFUSAL };
    expect(await game.say('Hm.')).toMatchObject({ ok: true, accepted: false });
    expect(kinds(game).slice(2)).toEqual(['user/message', 'player/validation_violation', 'system/error']);
    expect(last(game)).toMatchObject({ data: { reason: 'input/against-rules', retryBudgetLeft: 9 } });
    expect(last(game)?.content).toContain('9 attempts are left');
    expect(game.state().turns).toBe(1);
    expect(game.state().transcript).toHaveLength(1);
  });

  it.each([0, 1])(
    'that breaks a rule ends the game when no attempt is left (budget %i)',
    async (retryBudget) => {
      const game = await entered({ retryBudget });
      game.answers = { playerJudge: REFUSAL };
      await game.say('Hm.');
      expect(last(game)).toMatchObject({ kind: 'info', data: { finished: 'retry budget exhausted' } });
      expect(explore.progress(game.state()).finished).toBe('retry budget exhausted');
      expect(await game.say('I wave.')).toMatchObject({ ok: false, reason: 'session/closed' });
    },
  );

  it.each(['model/unavailable', 'model/timeout', 'model/refused', 'model/cancelled'] as const)(
    'costs nothing when the model fails with %s, and the session goes on',
    async (reason) => {
      for (const role of ['playerJudge', 'updater'] as const) {
        const game = await entered();
        game.answers = { [role]: reason };
        expect(await game.say('I wave.')).toMatchObject({ ok: true, accepted: false });
        expect(last(game)).toMatchObject({ kind: 'error', data: { reason } });
        expect(last(game)?.content).toContain('not your fault');
        expect(game.state()).toMatchObject({ retryBudgetLeft: 10, turns: 1, pending: null });
        game.answers = {};
        expect(await game.say('I wave.')).toMatchObject({ ok: true, accepted: true });
      }
    },
  );

  it.each(['', '{}', 'yes', '{"pass":"false","reason":"x"}', '{"pass":1}', '[]', 'null', '{"pass":true'])(
    'is not held against the player when the judge answers %j',
    async (verdict) => {
      const game = await entered();
      game.answers = { playerJudge: verdict };
      await game.say('I wave.');
      expect(last(game)).toMatchObject({ kind: 'error', data: { reason: 'model/refused' } });
      expect(game.state().retryBudgetLeft).toBe(10);
      expect(game.asked.at(-1)?.role).toBe('playerJudge');
    },
  );

  it('is not answered with nothing', async () => {
    const game = await entered();
    game.answers = { updater: ' \n ' };
    await game.say('I wave.');
    expect(last(game)).toMatchObject({ data: { reason: 'model/refused' } });
  });

  it.each(['', '   ', '\n\t', '\u200b\u200b', '\u0000', '\u2028'])(
    'refuses %j as empty, without a trace',
    async (text) => {
      const game = await entered();
      const before = game.log.length;
      expect(await game.say(text)).toMatchObject({ ok: false, reason: 'input/empty' });
      expect(game.log).toHaveLength(before);
    },
  );

  it('may be as long as the limit, counted in code points, and no longer', async () => {
    const game = await entered({ maxInputLength: 5 });
    expect(await game.say('🐙🐙🐙🐙🐙')).toMatchObject({ ok: true, accepted: true });
    const before = game.log.length;
    expect(await game.say('🐙🐙🐙🐙🐙🐙')).toMatchObject({ ok: true, accepted: false });
    expect(game.log).toHaveLength(before + 1);
    expect(last(game)).toMatchObject({
      kind: 'error',
      data: { reason: 'input/too-long', length: 6, limit: 5 },
    });
    expect(game.state().retryBudgetLeft).toBe(10);
  });

  it('is recorded well-formed and without control characters', async () => {
    const game = await entered();
    await game.say('I w\u0000ave\ud800 and\r\nsay "שלום"\u0007');
    expect(game.log[2]?.content).toBe('I wave\ufffd and\nsay "שלום"');
  });

  it('keeps the last twelve lines of the scene and no more', async () => {
    const game = await entered();
    for (let index = 0; index < 10; index += 1) await game.say(`I knock ${index} times.`);
    expect(game.state().transcript).toHaveLength(12);
    expect(game.state().transcript[0]).toEqual({ speaker: 'player', text: 'I knock 4 times.' });
  });

  it('comes from the player’s seat or not at all', async () => {
    const game = await entered();
    expect(await game.play({ type: 'text', seat: 'npc', text: 'I wave.' })).toMatchObject({ ok: false });
    expect(await game.play({ type: 'action', seat: 'pc', action: undefined as never })).toMatchObject({
      ok: false,
      reason: 'input/not-an-action',
    });
  });
});

describe('commands', () => {
  it.each(['/help', '/HELP', '/help please'])('%j says the help again', async (text) => {
    const game = await entered();
    expect(await game.say(text)).toMatchObject({ ok: true, accepted: true });
    expect(kinds(game).slice(2)).toEqual(['user/command', 'system/command']);
    expect(game.log[2]).toMatchObject({ content: text, command: 'help' });
    expect(game.state()).toMatchObject({ turns: 1, pending: null });
  });

  it('/abilities lists them as bullets', async () => {
    const game = await entered();
    await game.say('/abilities');
    expect(last(game)?.content).toContain('- Can graft a tree');
    expect(last(game)?.content).toContain('- Can dig six metres an hour.');
  });

  it('/finish ends the game at once', async () => {
    const game = await entered();
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
    const game = await entered();
    expect(await game.say(text)).toMatchObject({ ok: true, accepted: false });
    expect(kinds(game).slice(2)).toEqual(['system/info']);
    expect(last(game)?.content).toContain('/abilities');
    if (meant !== null) expect(last(game)?.content).toContain(`Did you mean \`${meant}\`?`);
    expect(game.state()).toMatchObject({ turns: 1, retryBudgetLeft: 10 });
    expect(game.asked).toHaveLength(1);
  });

  it('is kept to a bounded length whatever follows it', async () => {
    const game = await entered({ maxInputLength: 20 });
    await game.say(`/help ${'x'.repeat(1_000_000)}`);
    expect(game.log[2]?.content.length).toBeLessThan(30);
  });
});

describe('a crash', () => {
  const REJECTED = { playerJudge: REFUSAL };
  const cases: [string, Parameters<Table['play']>[0], Table['answers'], number][] = [
    ['an action', { type: 'text', seat: 'pc', text: 'I knock.' }, {}, 2],
    ['a rejected action', { type: 'text', seat: 'pc', text: 'Hm.' }, REJECTED, 3],
    ['/help', { type: 'text', seat: 'pc', text: '/help' }, {}, 2],
    ['/finish', { type: 'text', seat: 'pc', text: '/finish' }, {}, 2],
  ];
  it.each(cases)('at any point of %s is made good by a resume', async (_name, command, answers, length) => {
    const whole = await entered({ retryBudget: 3 });
    whole.answers = answers;
    await whole.play(command);
    for (let durable = 1; durable < length; durable += 1) {
      const game = await entered({ retryBudget: 3 });
      game.answers = answers;
      await game.crashAfter(command, durable);
      await game.play({ type: 'resume' });
      expect(kinds(game)).toEqual(kinds(whole));
      expect(game.state()).toEqual(whole.state());
    }
  });

  it('between the help and the opening leaves the opening to a resume', async () => {
    const game = table();
    await game.crashAfter({ type: 'enter' }, 1);
    expect(game.state()).toMatchObject({ entered: true, opened: false });
    await game.play({ type: 'resume' });
    expect(kinds(game)).toEqual(['system/info', 'npc/message']);
  });

  it.each([1, 2, 3, 4])('within the last attempt still ends the game (after %i events)', async (durable) => {
    const game = await entered({ retryBudget: 1 });
    game.answers = { playerJudge: REFUSAL };
    await game.crashAfter({ type: 'text', seat: 'pc', text: 'Hm.' }, durable);
    const asked = game.asked.length;
    expect(await game.play({ type: 'resume' })).toMatchObject({ ok: true });
    expect(explore.progress(game.state()).finished).toBe('retry budget exhausted');
    expect(kinds(game).filter((kind) => kind === 'player/validation_violation')).toHaveLength(1);
    if (durable > 1) expect(game.asked).toHaveLength(asked);
  });

  it('does not lose the turn if the model fails while it is made good', async () => {
    const game = await entered();
    await game.crashAfter({ type: 'text', seat: 'pc', text: 'I knock.' }, 1);
    expect(await game.say('I knock again.')).toMatchObject({ ok: false, reason: 'turn/unfinished' });
    game.answers = { updater: 'model/timeout' };
    await game.play({ type: 'resume' });
    expect(game.state()).toMatchObject({ pending: null, retryBudgetLeft: 10 });
  });

  it('after everything was written is answered with a word, not with a second turn', async () => {
    const game = await entered();
    await game.say('I knock.');
    const { turns } = game.state();
    expect(await game.play({ type: 'resume' })).toMatchObject({ ok: true, accepted: true });
    expect(game.state().turns).toBe(turns);
  });
});

describe('what may be seen', () => {
  it('is everything the page needs and nothing of goals, persona or transcript', async () => {
    const game = await entered();
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
    const game = await entered({ showNpcDetails: false });
    expect(explore.view(game.state(), { seat: 'pc', seesAll: false })).toMatchObject({ npc: null });
    expect(explore.view(game.state(), { seat: null, seesAll: false })).toMatchObject({ pc: null, npc: null });
    expect(explore.view(game.state(), { seat: null, seesAll: true })).toMatchObject({ npc: { hid: 'MOLE' } });
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
        const game = await entered({ retryBudget: 3 });
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
