import { describe, expect, it } from 'vitest';
import { enteredExplore, folded, kindsOf, lastOf, REFUSAL } from '../../testing/exploreTable.ts';
import type { ExploreTable } from '../../testing/exploreTable.ts';
import type { ModelRequest } from '../../models/languageModel.ts';
import type { RoleplayConfig } from './config.ts';
import { PROMPT_VERSION } from './prompts/version.ts';

const PASS = JSON.stringify({ pass: true, reason: '' });
const OBJECTION = JSON.stringify({ pass: false, reason: 'Leave out the feeling.' });

/** Lets everything through but what the judge of one rule of replies is shown in the texts given. */
function objectingTo(rule: string, ...replies: string[]) {
  return ({ task, subject }: ModelRequest): string =>
    task === rule && replies.includes(subject ?? '') ? OBJECTION : PASS;
}

/** Answers one after the other; the last again and again. */
function inTurn(...texts: string[]): () => string {
  let next = 0;
  return () => texts[Math.min(next++, texts.length - 1)] ?? '';
}

/** A game in which the reply is first this and then that, and a judge objects to some of what is written. */
async function writing(replies: string[], rejected: string[], config: Partial<RoleplayConfig> = {}) {
  const game = await enteredExplore(config);
  game.answers = { updater: inTurn(...replies), simulatorJudge: objectingTo('playerAuthority', ...rejected) };
  return game;
}

const violationsOf = ({ log }: ExploreTable) => log.filter(({ kind }) => kind === 'validation_violation');
const askedFor = ({ requests }: ExploreTable, role: ModelRequest['role']) =>
  requests.filter((request) => request.role === role);

/**
 * Holds every answer back until all that was asked at the same time has been asked, and counts how often that happens: the
 * round trips that a player waits for.
 */
async function roundTrips(game: ExploreTable, text: string): Promise<number> {
  let waiting: (() => void)[] = [];
  let trips = 0;
  const { answers } = game;
  const held =
    (role: ModelRequest['role']) =>
    async (request: ModelRequest): Promise<string | null> => {
      await new Promise<void>((resolve) => void waiting.push(resolve));
      const answer = answers[role] ?? null;
      return typeof answer === 'function' ? answer(request) : answer;
    };
  game.answers = {
    playerJudge: held('playerJudge'),
    updater: held('updater'),
    simulatorJudge: held('simulatorJudge'),
  };
  let isOver = false;
  const turn = game.say(text).finally(() => (isOver = true));
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    if (waiting.length === 0) continue;
    trips += 1;
    const answered = waiting;
    waiting = [];
    for (const answer of answered) answer();
  }
  await turn;
  return trips;
}

describe('the round trips to models that a turn waits for', () => {
  it('are two when it is accepted', async () => {
    const game = await enteredExplore();
    expect(await roundTrips(game, 'I knock.')).toBe(2);
    expect(lastOf(game)).toMatchObject({ source: 'npc' });
  });

  it('are four when the reply is written again', async () => {
    const game = await writing(['You feel sad.', 'It turns.'], ['You feel sad.']);
    expect(await roundTrips(game, 'I knock.')).toBe(4);
    expect(lastOf(game)).toMatchObject({ source: 'npc', content: 'It turns.' });
  });

  it('are one when the action is rejected, and when replies are not judged', async () => {
    const game = await enteredExplore();
    game.answers = { playerJudge: REFUSAL };
    expect(await roundTrips(game, 'Hm.')).toBe(1);
    expect(await roundTrips(await enteredExplore({ judgesReplies: false }), 'I knock.')).toBe(1);
  });
});

describe('the judges of an action', () => {
  it('are as many as the game wants, each asked for one rule', async () => {
    for (const playerRules of [[], ['authority'], ['action', 'ability', 'authority']] as const) {
      const game = await enteredExplore({ playerRules: [...playerRules] });
      await game.say('I knock.');
      expect(askedFor(game, 'playerJudge').map(({ task }) => task)).toEqual(playerRules);
    }
  });

  it('end the others and the reply with the first rejection, and nothing waits for them', async () => {
    const game = await enteredExplore();
    const never = () => new Promise<string>(() => undefined);
    game.answers = {
      updater: never,
      playerJudge: ({ task }) => (task === 'ability' ? REFUSAL : never()),
    };
    expect(await game.say('I fly.')).toMatchObject({ accepted: false });
    const asked = game.requests.slice(1);
    expect(asked).toHaveLength(4);
    expect(asked.every(({ cancellation }) => cancellation.aborted)).toBe(true);
    expect(violationsOf(game)[0]?.data).toEqual({
      rule: 'ability',
      reason: 'Say what your character does.',
      model: 'test',
      promptVersion: PROMPT_VERSION,
    });
    expect(askedFor(game, 'simulatorJudge')).toEqual([]);
  });

  it('cost an attempt only by what they say of the action, not when they fail', async () => {
    const game = await enteredExplore();
    game.answers = { playerJudge: ({ task }) => (task === 'authority' ? 'model/timeout' : PASS) };
    await game.say('I knock.');
    expect(lastOf(game)).toMatchObject({ data: { reason: 'model/timeout', fault: 'provider' } });
    expect(game.state()).toMatchObject({ retryBudgetLeft: 10, pending: null, turns: 1 });
  });

  it('are asked once more when they cannot be understood', async () => {
    const game = await enteredExplore();
    game.answers = { playerJudge: ({ prompt }) => (prompt.messages.length === 1 ? 'Sure!' : PASS) };
    expect(await game.say('I knock.')).toMatchObject({ accepted: true });
    expect(askedFor(game, 'playerJudge')).toHaveLength(6);
  });
});

describe('a reply that breaks a rule', () => {
  it('is recorded for researchers, written once more, and told what was wrong', async () => {
    const game = await writing(['You feel sad.', 'It turns.'], ['You feel sad.']);
    expect(await game.say('I knock.')).toMatchObject({ accepted: true });
    expect(kindsOf(game).slice(2)).toEqual(['user/message', 'simulator/validation_violation', 'npc/message']);
    expect(violationsOf(game)[0]).toMatchObject({
      audience: [],
      direction: 'internal',
      data: {
        rule: 'playerAuthority',
        reason: 'Leave out the feeling.',
        model: 'test',
        promptVersion: PROMPT_VERSION,
        reply: 'You feel sad.',
      },
    });
    const [first, second] = askedFor(game, 'updater');
    const [before, after] = [first, second].map((request) => request?.prompt.messages[0]?.content ?? '');
    expect(after).toMatch(
      /<reply>\nYou feel sad\.\n<\/reply>[^<]*<objection>\nLeave out the feeling\.\n<\/objection>/,
    );
    expect(after?.startsWith(before ?? '?')).toBe(true);
    expect(lastOf(game)?.data).toMatchObject({ rewritten: true });
    expect(game.state()).toMatchObject({ turns: 2, retryBudgetLeft: 10, pending: null });
    expect(game.state().transcript).toHaveLength(3);
  });

  it('twice is the simulator’s fault: both are recorded, and it costs the player nothing', async () => {
    const game = await writing(['You feel sad.', 'You feel glad.'], ['You feel sad.', 'You feel glad.']);
    expect(await game.say('I knock.')).toMatchObject({ ok: true, accepted: false });
    expect(violationsOf(game).map(({ source, data }) => [source, data?.['reply']])).toEqual([
      ['simulator', 'You feel sad.'],
      ['simulator', 'You feel glad.'],
    ]);
    expect(lastOf(game)).toMatchObject({
      kind: 'error',
      data: { reason: 'simulator/reply-rejected', fault: 'character' },
    });
    expect(lastOf(game)?.content).toContain('not your fault');
    expect(game.state()).toMatchObject({ turns: 1, retryBudgetLeft: 10, pending: null });
    expect(askedFor(game, 'updater')).toHaveLength(2);
    game.answers = {};
    expect(await game.say('I knock.')).toMatchObject({ accepted: true });
  });

  it('is played where the game does not have replies judged', async () => {
    const game = await writing(['You feel sad.'], ['You feel sad.'], { judgesReplies: false });
    await game.say('I knock.');
    expect(lastOf(game)?.content).toBe('You feel sad.');
    expect(askedFor(game, 'simulatorJudge')).toEqual([]);
  });

  it('costs nothing either when its judge or its writer fails the second time', async () => {
    for (const failing of ['updater', 'simulatorJudge'] as const) {
      const game = await writing(['You feel sad.', 'It turns.'], ['You feel sad.']);
      const before = game.answers[failing];
      game.answers[failing] = (request) => {
        const isSecond = violationsOf(game).length > 0;
        if (isSecond) return 'model/unavailable';
        return typeof before === 'function' ? before(request) : null;
      };
      await game.say('I knock.');
      expect(lastOf(game)).toMatchObject({ data: { reason: 'model/unavailable' } });
      expect(game.state()).toMatchObject({ turns: 1, retryBudgetLeft: 10, pending: null });
    }
  });
});

describe('text that is still being written', () => {
  const openingOnly = (game: ExploreTable) => game.drafts.filter((text) => text.startsWith('Reply'));

  it('is kept from everyone until it has been judged', async () => {
    const game = await enteredExplore();
    game.answers = { updater: 'Reply one.' };
    await game.say('I knock.');
    expect(openingOnly(game)).toEqual([]);
    expect(game.phases.slice(-3)).toEqual(['checking', 'writing', 'checking']);
  });

  it('is shown where the game allows it, but never before the action has passed', async () => {
    const game = await enteredExplore({ showsUnjudgedText: true });
    const judging = Promise.withResolvers<string>();
    game.answers = { updater: 'Reply one.', playerJudge: () => judging.promise };
    const turn = game.say('I knock.');
    await new Promise((resolve) => setImmediate(resolve));
    expect(openingOnly(game)).toEqual([]);
    judging.resolve(PASS);
    await turn;
    expect(openingOnly(game)).toEqual(['Reply one.']);
  });

  it('is not shown beyond what is played of it', async () => {
    const game = await enteredExplore({ showsUnjudgedText: true });
    const longest = 'It turns. '.repeat(400).trim();
    game.answers = { updater: inTurn(longest, `${longest} And on and on.`), simulatorJudge: PASS };
    await game.say('I knock.');
    await game.say('I knock.');
    expect(game.drafts.filter((text) => text.startsWith('It turns.'))).toEqual([longest]);
    expect(lastOf(game)?.content.length).toBeLessThanOrEqual(4000);
  });

  it('is never shown of a reply to an action that was rejected', async () => {
    const game = await enteredExplore({ showsUnjudgedText: true });
    game.answers = { updater: 'Reply one.', playerJudge: REFUSAL };
    await game.say('Hm.');
    expect(openingOnly(game)).toEqual([]);
  });
});

describe('a crash while a reply is being judged', () => {
  const command = { type: 'text', seat: 'pc', text: 'I knock.' } as const;

  it.each([
    [['You feel sad.', 'It turns.'], ['You feel sad.'], 3],
    [['You feel sad.', 'You feel glad.'], ['You feel sad.', 'You feel glad.'], 4],
  ])('is made good from every event on (%#)', async (replies, rejected, length) => {
    const whole = await writing(replies, rejected);
    await whole.play(command);
    for (let durable = 1; durable < length; durable += 1) {
      const game = await writing(replies, rejected);
      await game.crashAfter(command, durable);
      const asked = game.requests.length;
      // Whoever resumes asks another model: what was written before the crash and is not durable is gone.
      const left = violationsOf(game).length;
      game.answers.updater = inTurn(...replies.slice(left));
      await game.play({ type: 'resume' });
      expect(kindsOf(game)).toEqual(kindsOf(whole));
      expect(game.state()).toEqual(whole.state());
      expect(folded(game)).toEqual(game.state());
      const judgedAgain = game.requests.slice(asked).filter(({ role }) => role === 'playerJudge');
      if (left > 0) expect(judgedAgain).toEqual([]);
    }
  });
});
