import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explore } from '../games/roleplay/explore.ts';
import { playExplore } from '../testing/exploreSession.ts';
import type { ExploreSession } from '../testing/exploreSession.ts';
import { withSnapshots } from '../testing/snapshotTable.ts';
import { eventIdOf, seqOf } from './event.ts';
import type { SessionEvent } from './event.ts';
import { feedbackFor, isReply } from './feedback.ts';
import type { Feedback, GivenFeedback } from './feedback.ts';
import type { CommandOutcome, SessionManager } from './sessionManager.ts';
import { visibleEvent } from './view.ts';

const LIKED: Feedback = {
  liked: true,
  comment: '',
  doesntMakeSense: false,
  outOfCharacter: false,
  other: false,
};
const OUT_OF_CHARACTER: Feedback = { ...LIKED, liked: false, outOfCharacter: true, comment: 'It spoke.' };
const ANN = { seat: null, seesAll: false, playerId: 'ann' };
const ADMIN = { seat: null, seesAll: true };

const NOT_FOUND = { ok: false, reason: 'feedback/not-found' };

const repliesOf = ({ log }: ExploreSession): readonly SessionEvent[] => log().filter(isReply);
const lastReply = (played: ExploreSession): SessionEvent => {
  const reply = repliesOf(played).at(-1);
  if (reply === undefined) throw new Error('Nobody has replied.');
  return reply;
};

interface Say {
  readonly feedback: Feedback | null;
  readonly reply?: Pick<SessionEvent, 'eventId'>;
  readonly playerId?: string;
  readonly commandId?: string;
  readonly manager?: SessionManager;
}

function say(played: ExploreSession, { feedback, ...say }: Say): Promise<CommandOutcome> {
  const { reply = lastReply(played), playerId = 'ann', manager = played.manager } = say;
  const { commandId = `say-${played.log().length}` } = say;
  const { sessionId } = played;
  return manager.giveFeedback({ sessionId, playerId, commandId, eventId: reply.eventId, feedback });
}

const given = async ({ manager, sessionId }: ExploreSession): Promise<readonly GivenFeedback[]> =>
  (await manager.present(sessionId))?.feedback ?? [];

const opinions = async (played: ExploreSession) =>
  (await given(played)).map(({ replySeq, liked, playerId }) => [replySeq, playerId, liked]);

describe('feedback on a reply', () => {
  it('is an event of the log, stands in the present, and is the same after a restart', async () => {
    const played = await playExplore(['I wave.']);
    const reply = lastReply(played);
    played.world.now += 5_000;
    expect(await say(played, { feedback: OUT_OF_CHARACTER })).toMatchObject({ ok: true, accepted: true });
    const expected = [
      { ...OUT_OF_CHARACTER, replySeq: reply.seq, playerId: 'ann', at: played.log().at(-1)?.at },
    ];
    expect(await given(played)).toEqual(expected);
    const restarted = { ...played, manager: played.world.restart() };
    expect(await given(restarted)).toEqual(expected);
    expect(played.log().at(-1)).toMatchObject({
      direction: 'internal',
      source: 'user',
      kind: 'feedback',
      format: 'json',
      seat: 'pc',
    });
  });

  it('is overwritten by the next of the same player, and taken back as if it had never been', async () => {
    const played = await playExplore(['I wave.']);
    const before = await played.manager.folded(played.sessionId);
    await say(played, { feedback: LIKED });
    await say(played, { feedback: OUT_OF_CHARACTER });
    expect(await given(played)).toMatchObject([OUT_OF_CHARACTER]);
    await say(played, { feedback: null });
    expect(await given(played)).toEqual([]);
    await say(played, { feedback: null });
    const after = await played.manager.folded(played.sessionId);
    const { lastSeq, lastAt } = after?.state ?? {};
    expect(after?.state).toEqual({ ...before?.state, lastSeq, lastAt });
  });

  it('has no flags when the reply is liked, and no blanks around its comment', async () => {
    const played = await playExplore(['I wave.']);
    await say(played, { feedback: { ...OUT_OF_CHARACTER, liked: true, comment: '  Yes. \n' } });
    expect(await given(played)).toMatchObject([{ ...LIKED, comment: 'Yes.' }]);
  });

  it('is recorded once however often the command is sent, also after a restart', async () => {
    const played = await playExplore(['I wave.']);
    const first = await say(played, { feedback: LIKED, commandId: 'once' });
    const length = played.log().length;
    expect(await say(played, { feedback: LIKED, commandId: 'once' })).toEqual(first);
    const manager = played.world.restart();
    expect(await say(played, { feedback: LIKED, commandId: 'once', manager })).toEqual(first);
    expect(played.log()).toHaveLength(length);
  });

  it('can be given on the scene as well, and on nothing but what a character has said', async () => {
    const played = await playExplore(['I wave.', '/help', 'You are happy about it.']);
    const scene = repliesOf(played)[0] ?? lastReply(played);
    expect(await say(played, { feedback: LIKED, reply: scene })).toMatchObject({ ok: true });
    const length = played.log().length;
    for (const event of played.log().filter((one) => !isReply(one)))
      expect(await say(played, { feedback: LIKED, reply: event })).toMatchObject(NOT_FOUND);
    for (const eventId of ['', 'nonsense', eventIdOf('other', 3), `${played.sessionId}:03`, `${length + 9}`])
      expect(await say(played, { feedback: LIKED, reply: { eventId } })).toMatchObject(NOT_FOUND);
    expect(played.log()).toHaveLength(length);
  });

  it('is for those who hold a seat or have held one', async () => {
    const played = await playExplore(['I wave.']);
    expect(await say(played, { feedback: LIKED, playerId: 'eve' })).toMatchObject(NOT_FOUND);
    const { manager, sessionId } = played;
    await manager.releaseSeat({ sessionId, playerId: 'ann', commandId: 'up' });
    await manager.takeSeat({ sessionId, playerId: 'ben', commandId: 'down', seat: 'pc' });
    expect(await say(played, { feedback: LIKED })).toMatchObject({ ok: true });
    expect(await say(played, { feedback: OUT_OF_CHARACTER, playerId: 'ben' })).toMatchObject({ ok: true });
    const { seq } = lastReply(played);
    expect(await opinions(played)).toEqual([
      [seq, 'ann', true],
      [seq, 'ben', false],
    ]);
  });
});

describe('feedback and the session around it', () => {
  it('may come when the session is over, which stays over as it was', async () => {
    const played = await playExplore(['I wave.', '/finish']);
    const before = await played.manager.present(played.sessionId);
    played.world.now += 60_000;
    expect(await say(played, { feedback: LIKED })).toMatchObject({ ok: true, exited: true });
    const after = await played.manager.present(played.sessionId);
    const { status, turns, exitReason, endedAt, runtimeMs } = before ?? {};
    expect(after).toMatchObject({ status, turns, exitReason, endedAt, runtimeMs });
    expect(status).toBe('closed');
    expect(await given({ ...played, manager: played.world.restart() })).toHaveLength(1);
  });

  it('leaves a paused session paused, and a running clock running', async () => {
    const played = await playExplore(['I wave.']);
    const { manager, sessionId, world } = played;
    world.now += 4_000;
    await say(played, { feedback: LIKED });
    expect(await manager.present(sessionId)).toMatchObject({ status: 'active', runtimeMs: 5_000 });
    await manager.pause(sessionId);
    world.now += 60_000;
    await say(played, { feedback: OUT_OF_CHARACTER });
    expect(await manager.present(sessionId)).toMatchObject({ status: 'paused', runtimeMs: 5_000 });
  });

  it('counts no time that nobody played, when a crash has left the clock running', async () => {
    const played = await playExplore(['I wave.']);
    const { world, sessionId } = played;
    world.now += 3_600_000;
    const second = world.restart();
    await say(played, { feedback: LIKED, manager: second });
    world.now += 3_600_000;
    const third = world.restart();
    await third.resume(sessionId);
    expect(await third.present(sessionId)).toMatchObject({ status: 'active', runtimeMs: 1_000 });
  });

  it('leaves a turn open that a crash has left open, for the next process to finish', async () => {
    const played = await playExplore(['I wave.']);
    const { world, sessionId } = played;
    const reply = lastReply(played);
    world.beforeAppend = (events) => {
      if (events.some(isReply)) throw new Error('power cut');
    };
    const command = { sessionId, playerId: 'ann', commandId: 'open', input: { text: 'I wave again.' } };
    await expect(played.manager.act(command)).rejects.toThrow('power cut');
    world.beforeAppend = null;
    await say(played, { feedback: LIKED, reply, manager: world.restart() });
    const third = world.restart();
    expect(await third.recover(sessionId)).toBe('finished');
    expect(await third.act(command)).toMatchObject({ accepted: true, turns: 3 });
    expect(repliesOf(played)).toHaveLength(3);
  });

  it('stays through a roll-back where the reply does, whenever it was given, and is refused where it does not', async () => {
    const played = await playExplore(['I wave.', 'I wait.'], { ...explore, mayRollBack: () => true });
    const { manager, sessionId } = played;
    const [scene, first, second] = repliesOf(played);
    if (scene === undefined || first === undefined || second === undefined) throw new Error('No replies.');
    for (const reply of [second, scene, first]) await say(played, { feedback: LIKED, reply });
    const rollBack = { sessionId, playerId: 'ann', commandId: 'back', toSeq: first.seq };
    expect(await manager.rollBack(rollBack)).toMatchObject({ ok: true });
    const kept = [
      [scene.seq, 'ann', true],
      [first.seq, 'ann', true],
    ];
    expect(await opinions(played)).toEqual(kept);
    expect(await say(played, { feedback: LIKED, reply: second })).toMatchObject(NOT_FOUND);
    expect(await opinions({ ...played, manager: played.world.restart() })).toEqual(kept);
  });

  it('comes along into a branch as far as it was given by then, and is the branch’s own from there', async () => {
    const played = await playExplore(['I wave.']);
    const { manager, sessionId } = played;
    const { seq } = lastReply(played);
    await say(played, { feedback: LIKED });
    const made = await manager.branch({ sessionId, playerId: 'ann', commandId: 'branch' });
    if (!made.ok) throw new Error(made.message);
    const child = { ...played, sessionId: made.record.header.sessionId };
    const reply = { eventId: eventIdOf(child.sessionId, seq) };
    expect(await opinions(child)).toEqual([[seq, 'ann', true]]);
    await say(child, { feedback: OUT_OF_CHARACTER, reply, commandId: 'in-child' });
    expect(await opinions(child)).toEqual([[seq, 'ann', false]]);
    expect(await opinions(played)).toEqual([[seq, 'ann', true]]);
    const parents = { feedback: LIKED, reply: lastReply(played), commandId: 'of-parent' };
    expect(await say(child, parents)).toMatchObject(NOT_FOUND);
  });

  it('is kept in snapshots', async () => {
    const played = await playExplore(['I wave.']);
    const table = withSnapshots(played.world);
    const manager = table.restart();
    await say(played, { feedback: OUT_OF_CHARACTER, manager });
    const { sessionId } = played;
    const act = { sessionId, playerId: 'ann', commandId: 'next', input: { text: 'I wait.' } };
    await manager.act(act);
    await manager.shutDown();
    const loaded = { ...played, manager: table.restart() };
    expect(await given(loaded)).toMatchObject([OUT_OF_CHARACTER]);
    expect(table.counted).toContain('loaded quick');
  });
});

describe('who knows of feedback', () => {
  it('is whoever gave it, in whatever seat, and those who see all: others know only that there is an event', async () => {
    const played = await playExplore(['I wave.']);
    await say(played, { feedback: OUT_OF_CHARACTER });
    const event = played.log().at(-1);
    if (event === undefined) throw new Error('Nothing was recorded.');
    expect(visibleEvent(event, ADMIN)).toMatchObject({ kind: 'feedback', data: { playerId: 'ann' } });
    const own = visibleEvent(event, ANN);
    expect(own).toMatchObject({ kind: 'feedback', data: { feedback: OUT_OF_CHARACTER } });
    expect(own.data).not.toHaveProperty('playerId');
    for (const other of [
      { seat: 'pc', seesAll: false },
      { seat: 'pc', seesAll: false, playerId: 'ben' },
    ]) {
      expect(visibleEvent(event, other)).toMatchObject({ kind: 'withheld', data: null, content: '' });
      expect(feedbackFor(await given(played), lastReply(played).seq, other)).toBeNull();
    }
    expect(feedbackFor(await given(played), lastReply(played).seq, ANN)).toMatchObject(OUT_OF_CHARACTER);
  });
});

describe('the place in an event id', () => {
  it('is found again in every id that was made, and in no other', () => {
    const seqs = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(fc.string(), seqs, (sessionId, seq) => {
        expect(seqOf(sessionId, eventIdOf(sessionId, seq))).toBe(seq);
        expect(seqOf(`${sessionId}x`, eventIdOf(sessionId, seq))).toBeNull();
      }),
    );
    for (const odd of ['s:0', 's:-1', 's:1.5', 's:1e3', 's:', 's: 1', 's:01', 's'])
      expect(seqOf('s', odd)).toBeNull();
  });
});
