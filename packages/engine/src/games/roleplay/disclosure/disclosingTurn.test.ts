import { describe, expect, it } from 'vitest';
import { gardener, mole } from '../../../testing/characterSheets.ts';
import { exploreTable, folded, kindsOf, lastOf } from '../../../testing/exploreTable.ts';
import type { ExploreTable } from '../../../testing/exploreTable.ts';
import { createRoleplayTable } from '../../../testing/roleplayTable.ts';
import type { Answer } from '../../../testing/roleplayTable.ts';
import type { RoleplayConfig } from '../config.ts';
import { explore } from '../explore.ts';
import { inferIntent } from '../inferIntent.ts';
import { PROMPT_VERSION } from '../prompts/version.ts';
import { teamwork } from '../teamwork.ts';

const RECITED =
  "It turns. Never decide what the player's character does, says, thinks or feels. Tell only what it can sense.";
const PASS = JSON.stringify({ pass: true, reason: '' });

/** Answers one after the other; the last again and again. */
function inTurn(...texts: string[]): () => string {
  let next = 0;
  return () => texts[Math.min(next++, texts.length - 1)] ?? '';
}

async function entered(config: Partial<RoleplayConfig>, updater: Answer): Promise<ExploreTable> {
  const game = exploreTable(config);
  await game.play({ type: 'enter' });
  game.answers = { updater, simulatorJudge: PASS, playerJudge: PASS };
  return game;
}

const violationsOf = ({ log }: Pick<ExploreTable, 'log'>) =>
  log.filter(({ kind }) => kind === 'validation_violation');
const rolesOf = ({ requests }: ExploreTable) => requests.slice(1).map(({ role }) => role);

describe('a reply that recites what its writer was told', () => {
  it('is read by no judge and written again; the log says which check refused it', async () => {
    const game = await entered({}, inTurn(RECITED, 'It turns.'));
    expect(await game.say('I knock.')).toMatchObject({ accepted: true });
    expect(kindsOf(game).slice(2)).toEqual(['user/message', 'simulator/validation_violation', 'npc/message']);
    expect(violationsOf(game)[0]).toMatchObject({
      audience: [],
      direction: 'internal',
      data: {
        rule: 'disclosure',
        disclosed: 'instructions',
        promptVersion: PROMPT_VERSION,
        withheld: RECITED,
        writtenBy: 'test',
      },
    });
    expect(violationsOf(game)[0]?.data).not.toHaveProperty('reply');
    expect(lastOf(game)).toMatchObject({ content: 'It turns.', data: { rewritten: true } });
    expect(game.state()).toMatchObject({ turns: 2, retryBudgetLeft: 10, pending: null });
    const judges = rolesOf(game).filter((role) => role === 'simulatorJudge');
    expect(judges).toHaveLength(6);
    expect(rolesOf(game).lastIndexOf('updater')).toBeLessThan(rolesOf(game).indexOf('simulatorJudge'));
  });

  it('is not repeated to its writer, who is told why', async () => {
    const game = await entered({}, inTurn(RECITED, 'It turns.'));
    await game.say('I knock.');
    const [, again] = game.requests.filter(({ role }) => role === 'updater');
    const said = again?.prompt.messages[0]?.content ?? '';
    expect(said).toContain(violationsOf(game)[0]?.data?.['reason']);
    expect(said).not.toContain('Never decide');
    expect(said).not.toContain('<reply>');
  });

  it('twice is not played, and costs the player nothing', async () => {
    const game = await entered({}, RECITED);
    expect(await game.say('I knock.')).toMatchObject({ ok: true, accepted: false });
    expect(violationsOf(game).map(({ data }) => data?.['rule'])).toEqual(['disclosure', 'disclosure']);
    expect(lastOf(game)).toMatchObject({ data: { reason: 'simulator/reply-rejected', fault: 'character' } });
    expect(game.state()).toMatchObject({ turns: 1, retryBudgetLeft: 10, pending: null });
    expect(rolesOf(game)).not.toContain('simulatorJudge');
    expect(folded(game)).toEqual(game.state());
  });

  it('is not played either where no judge reads replies', async () => {
    const game = await entered({ judgesReplies: false }, inTurn(RECITED, 'It turns.'));
    await game.say('I knock.');
    expect(lastOf(game)?.content).toBe('It turns.');
    expect(rolesOf(game)).not.toContain('simulatorJudge');
  });

  it('is never shown, also where text is shown while it is written', async () => {
    const game = await entered({ showsUnjudgedText: true }, inTurn(RECITED, 'It turns.'));
    await game.say('I knock.');
    expect(game.drafts.at(-1)).toBe('It turns.');
    expect(game.drafts.join('\n')).not.toContain('Never decide');
  });

  it('is played where the player recited it', async () => {
    const game = await entered({}, RECITED);
    expect(await game.say(`I say: "${RECITED}"`)).toMatchObject({ accepted: true });
    expect(lastOf(game)?.content).toBe(RECITED);
  });

  it('is still not repeated when a crash comes in between', async () => {
    const command = { type: 'text', seat: 'pc', text: 'I knock.' } as const;
    const whole = await entered({}, inTurn(RECITED, 'It turns.'));
    await whole.play(command);
    const game = await entered({}, RECITED);
    await game.crashAfter(command, 2);
    expect(folded(game).pending).toMatchObject({ kind: 'objected', text: 'I knock.', reply: null });
    const asked = game.requests.length;
    game.answers.updater = 'It turns.';
    await game.play({ type: 'resume' });
    expect(kindsOf(game)).toEqual(kindsOf(whole));
    expect(game.state()).toEqual(whole.state());
    const after = game.requests.slice(asked);
    expect(after.map(({ role }) => role)).not.toContain('playerJudge');
    expect(JSON.stringify(after.map(({ prompt }) => prompt.messages))).not.toContain('Never decide');
  });
});

describe('a reply that recites the sheet', () => {
  const PROSE = 'It has measured every gallery by the length of its own body, and trusts no other measure.';

  it.each([
    [false, 'It turns.'],
    [true, PROSE],
  ])(
    'is refused where the other one is hidden, and played where it is not (shown: %s)',
    async (isShown, played) => {
      const cast = { pc: gardener, npc: { ...mole, longDescription: PROSE } };
      const game = createRoleplayTable(explore, { showNpcDetails: isShown }, cast);
      await game.play({ type: 'enter' });
      game.answers = { updater: inTurn(PROSE, 'It turns.'), simulatorJudge: PASS };
      await game.say('I knock.');
      expect(violationsOf(game).map(({ data }) => data?.['disclosed'])).toEqual(isShown ? [] : ['sheet']);
      expect(lastOf(game)?.content).toBe(played);
    },
  );
});

describe('an opening that recites what its writer was told', () => {
  const OPENING =
    'Name a concrete place where both could meet, one or two things in it that can be used. You are here.';

  it('is written once more, told why, and never shown', async () => {
    const game = exploreTable();
    game.answers = { opener: inTurn(OPENING, 'You are in a tunnel.') };
    expect(await game.play({ type: 'enter' })).toMatchObject({ accepted: true });
    expect(kindsOf(game)).toEqual(['system/info', 'simulator/validation_violation', 'npc/message']);
    expect(game.drafts).toEqual(['You are in a tunnel.']);
    expect(lastOf(game)).toMatchObject({ content: 'You are in a tunnel.', data: { opening: true } });
    const said = game.requests[1]?.prompt.messages[0]?.content ?? '';
    expect(said).toContain(violationsOf(game)[0]?.data?.['reason']);
    expect(said).not.toContain('concrete place');
    expect(folded(game)).toEqual(game.state());
  });

  it('twice leaves the scene to be opened again', async () => {
    const game = exploreTable();
    game.answers = { opener: OPENING };
    expect(await game.play({ type: 'enter' })).toMatchObject({ ok: true, accepted: false });
    expect(lastOf(game)).toMatchObject({
      kind: 'error',
      data: { reason: 'simulator/opening-rejected', fault: 'character' },
    });
    expect(violationsOf(game)).toHaveLength(2);
    expect(game.drafts).toEqual([]);
    expect(game.state()).toMatchObject({ opened: false, turns: 0, retryBudgetLeft: 10, pending: null });
    game.answers = {};
    expect(await game.play({ type: 'enter' })).toMatchObject({ accepted: true });
    expect(game.state()).toMatchObject({ opened: true, turns: 1 });
  });

  it('leaves a game after what it is after', async () => {
    const game = createRoleplayTable(inferIntent, {}, { pc: gardener, npc: mole });
    game.answers = { opener: OPENING };
    await game.play({ type: 'enter' });
    const { objective } = game.state();
    expect(mole.goals).toContain(objective);
    game.answers = {};
    await game.play({ type: 'enter' });
    expect(game.log.filter(({ kind }) => kind === 'fact')).toHaveLength(1);
    expect(game.state()).toMatchObject({ opened: true, objective });
  });
});

describe('a goal that recites what its writer was told', () => {
  const GOAL = JSON.stringify({
    goal: 'to write it as it stands behind your goal is, beginning with to, at most 25 words, without names',
  });

  it('is asked for once more, without being repeated', async () => {
    const game = createRoleplayTable(teamwork, {}, { pc: gardener, npc: mole });
    const said = inTurn(GOAL, '{"goal": "to cross the lawn"}');
    game.answers = { opener: ({ task }) => (task === 'shared-goal' ? said() : null) };
    await game.play({ type: 'enter' });
    expect(game.state().objective).toBe('to cross the lawn');
    const again = game.requests[1]?.prompt.messages.at(-1)?.content ?? '';
    expect(again).toContain('cannot be used');
    expect(again).not.toContain('behind your goal');
  });
});

describe('a reason that recites what its judge was told', () => {
  it('is told in other words; the verdict stands, and the log has both', async () => {
    const game = await entered({}, 'It turns.');
    game.answers.playerJudge = ({ task, prompt }) =>
      task === 'authority' ? JSON.stringify({ pass: false, reason: prompt.system.slice(0, 380) }) : PASS;
    expect(await game.say('I knock, and it opens.')).toMatchObject({ ok: true, accepted: false });
    expect(game.state()).toMatchObject({ retryBudgetLeft: 9, pending: null });
    const [violation] = violationsOf(game);
    expect(violation?.data).toMatchObject({ rule: 'authority', disclosed: 'instructions' });
    expect(violation?.data?.['withheld']).toContain('You check a player');
    expect(lastOf(game)?.content).toContain(violation?.data?.['reason']);
    expect(lastOf(game)?.content).not.toContain('You check a player');
  });
});
