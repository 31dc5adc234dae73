import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startDuel } from '../testing/duel.ts';
import type { Duel } from '../testing/duel.ts';
import { createExploreSession, playExplore } from '../testing/exploreSession.ts';
import { withSnapshots } from '../testing/snapshotTable.ts';
import { isOfGame } from './event.ts';
import type { CommandOutcome, SessionCommand } from './sessionManager.ts';
import { visibleEvent } from './view.ts';

const DAY = 86_400_000;

const by = ({ sessionId }: { readonly sessionId: string }, commandId: string): SessionCommand => ({
  sessionId,
  playerId: 'dana',
  commandId,
});

const hold = (duel: Duel, commandId = 'hold', reason = ''): Promise<CommandOutcome> =>
  duel.manager.hold({ ...by(duel, commandId), reason });
const release = (duel: Duel, commandId = 'release'): Promise<CommandOutcome> =>
  duel.manager.release(by(duel, commandId));
const announce = (duel: Duel, text: string, commandId = 'say'): Promise<CommandOutcome> =>
  duel.manager.announce({ ...by(duel, commandId), text });

const kindsOf = (duel: Duel, count: number): readonly string[] =>
  duel
    .log()
    .slice(-count)
    .map(({ kind }) => kind);

/** A duel whose first turn was cut off by a crash between the action and the die. */
async function brokenOff(): Promise<Duel> {
  const duel = await startDuel();
  duel.world.beforeAppend = (events) => {
    if (events.some((event) => event.data?.['die'] !== undefined)) throw new Error('power cut');
  };
  await expect(duel.play('home', 'a1')).rejects.toThrow('power cut');
  duel.world.beforeAppend = null;
  duel.world.now += 3_600_000;
  duel.manager = duel.world.restart();
  return duel;
}

describe('a session that is held', () => {
  it('refuses whoever acts, and keeps its clock and what was played', async () => {
    const duel = await startDuel();
    await duel.play('home', '1');
    duel.world.now += 30_000;
    expect(await hold(duel, 'hold', 'We check something.')).toMatchObject({ ok: true, accepted: true });
    duel.world.now += DAY;
    expect(await duel.play('away', '2')).toMatchObject({
      ok: false,
      reason: 'session/held',
      retryable: false,
    });
    expect(await duel.manager.present(duel.sessionId)).toMatchObject({
      status: 'paused',
      turns: 1,
      runtimeMs: 30_000,
      held: { reason: 'We check something.' },
    });
  });

  it('answers a command that was done before as it did', async () => {
    const duel = await startDuel();
    const command = duel.command('home', '1');
    const first = await duel.manager.act(command);
    await hold(duel);
    expect(await duel.manager.act(command)).toEqual(first);
  });

  it('is not started by whoever arrives, and goes on when it is released and somebody is there', async () => {
    const duel = await startDuel();
    duel.world.now += 5_000;
    await hold(duel);
    await duel.manager.resume(duel.sessionId);
    duel.world.now += 60_000;
    await release(duel);
    expect(await duel.manager.present(duel.sessionId)).toMatchObject({
      status: 'paused',
      held: null,
      runtimeMs: 5_000,
    });
    await duel.manager.resume(duel.sessionId);
    duel.world.now += 1_000;
    expect(await duel.manager.present(duel.sessionId)).toMatchObject({ status: 'active', runtimeMs: 6_000 });
    expect(await duel.play('home', '1')).toMatchObject({ ok: true, turns: 1 });
  });

  it('is held once more for another reason, since the first time', async () => {
    const duel = await startDuel();
    await hold(duel, 'one', 'Lunch.');
    const since = duel.world.now;
    duel.world.now += 1_000;
    await hold(duel, 'two', 'Coffee.');
    expect((await duel.manager.present(duel.sessionId))?.held).toEqual({ since, reason: 'Coffee.' });
    expect((await duel.manager.folded(duel.sessionId))?.summary.held).toBe(true);
    await release(duel);
    expect(await release(duel, 'again')).toMatchObject({ ok: false, reason: 'session/not-held' });
    expect(kindsOf(duel, 3)).toEqual(['session_held', 'session_held', 'session_released']);
    expect((await duel.manager.folded(duel.sessionId))?.summary).not.toHaveProperty('held');
  });

  it('is so once, however often the command is sent, also to the next process', async () => {
    const duel = await startDuel();
    const first = await hold(duel);
    const length = duel.log().length;
    expect(await hold(duel)).toEqual(first);
    duel.manager = duel.world.restart();
    expect(await hold(duel)).toEqual(first);
    expect(duel.log()).toHaveLength(length);
    expect(await duel.play('home', '1')).toMatchObject({ reason: 'session/held' });
  });

  it('plays the turn that is under way to its end before', async () => {
    const duel = await startDuel();
    const [played, held] = await Promise.all([duel.play('home', '1'), hold(duel)]);
    expect([played, held]).toMatchObject([
      { ok: true, accepted: true },
      { ok: true, accepted: true },
    ]);
    expect(kindsOf(duel, 3)).toEqual(['action', 'fact', 'session_held']);
  });

  it('is not opened, and is when it is released', async () => {
    const duel = await startDuel({ open: false });
    await hold(duel);
    expect(await duel.manager.open(duel.sessionId)).toMatchObject({ reason: 'session/held' });
    expect(duel.log().some(({ kind }) => kind === 'session_start')).toBe(false);
    expect(await duel.manager.present(duel.sessionId)).toMatchObject({ status: 'paused', opened: false });
    await release(duel);
    expect(await duel.manager.open(duel.sessionId)).toMatchObject({ ok: true, accepted: true });
  });

  it('is ended neither by a limit nor because nobody plays it, only by people', async () => {
    const duel = await startDuel();
    duel.world.now += 601_000;
    await hold(duel);
    duel.world.now += 30 * DAY;
    await duel.manager.checkLimits(duel.sessionId);
    expect(await duel.manager.abandon(duel.sessionId, duel.world.now - DAY)).toBe(false);
    expect(await duel.world.restart().abandon(duel.sessionId, duel.world.now - DAY)).toBe(false);
    const close = { sessionId: duel.sessionId, playerId: 'ann', commandId: 'close' };
    expect(await duel.manager.close(close)).toMatchObject({ exited: true, exitReason: 'user_close_button' });
    expect(await duel.manager.present(duel.sessionId)).toMatchObject({ status: 'closed', held: null });
  });

  it('cannot be taken back to an earlier turn', async () => {
    const duel = await startDuel();
    await duel.play('home', '1');
    const toSeq = duel.log().length;
    await duel.play('away', '2');
    await hold(duel);
    const back = { sessionId: duel.sessionId, playerId: 'ben', commandId: 'back', toSeq };
    expect(await duel.manager.rollBack(back)).toMatchObject({ reason: 'session/held' });
    await release(duel);
    expect(await duel.manager.rollBack({ ...back, commandId: 'back2' })).toMatchObject({
      ok: true,
      turns: 1,
    });
  });

  it('leaves a turn that a crash left open as it is, which is finished when it goes on', async () => {
    const duel = await brokenOff();
    await hold(duel);
    expect(await duel.world.restart().recover(duel.sessionId)).toBe('nothing');
    await duel.manager.resume(duel.sessionId);
    expect(kindsOf(duel, 4)).toEqual(['action', 'session_resumed', 'session_paused', 'session_held']);
    await release(duel);
    await duel.manager.resume(duel.sessionId);
    expect(kindsOf(duel, 3)).toEqual(['session_released', 'session_resumed', 'fact']);
    expect(duel.log().at(-1)).toMatchObject({ commandId: 'ann/a1', receipt: { accepted: true } });
    expect(await duel.manager.present(duel.sessionId)).toMatchObject({ runtimeMs: 0 });
  });

  it('does not keep a branch from being played', async () => {
    const played = await playExplore(['I wave.']);
    const { manager, sessionId } = played;
    await manager.hold({ ...by(played, 'hold'), reason: 'Lunch.' });
    const made = await manager.branch({ sessionId, playerId: 'ann', commandId: 'branch' });
    if (!made.ok) throw new Error(made.message);
    const child = made.record.header.sessionId;
    expect(await manager.present(child)).toMatchObject({ held: null, status: 'paused' });
    const act = { sessionId: child, playerId: 'ann', commandId: 'next', input: { text: 'I wait.' } };
    expect(await manager.act(act)).toMatchObject({ ok: true, accepted: true });
  });

  it('is kept in snapshots', async () => {
    const played = await playExplore(['I wave.']);
    const table = withSnapshots(played.world);
    const manager = table.restart();
    await manager.act({
      sessionId: played.sessionId,
      playerId: 'ann',
      commandId: 'next',
      input: { text: 'I wait.' },
    });
    await manager.hold({ ...by(played, 'hold'), reason: 'Lunch.' });
    await manager.shutDown();
    const present = await table.restart().present(played.sessionId);
    expect(present?.held).toMatchObject({ reason: 'Lunch.' });
  });
});

describe('an announcement', () => {
  it('is an event for everybody, beside the game, of which neither turns nor prompts nor chance know', async () => {
    const told = await createExploreSession();
    const untold = await createExploreSession();
    for (const { manager, sessionId } of [told, untold]) await manager.open(sessionId);
    expect(await told.manager.announce({ ...by(told, 'say'), text: 'Ten minutes left.' })).toMatchObject({
      ok: true,
      turns: 1,
    });
    expect(told.log().at(-1)).toMatchObject({
      direction: 'outbound',
      source: 'system',
      kind: 'announcement',
      format: 'text',
      content: 'Ten minutes left.',
      audience: null,
    });
    for (const one of [told, untold]) await one.act('I wave.', 'c1');
    const ofGame = ({ log }: typeof told): readonly unknown[] =>
      log()
        .filter(isOfGame)
        .map(({ kind, content, data }) => ({ kind, content, data }));
    expect(ofGame(told)).toEqual(ofGame(untold));
  });

  it('names who has written it to those who see all, and to nobody else', async () => {
    const duel = await startDuel();
    await announce(duel, 'Hello.');
    await hold(duel);
    await release(duel);
    await duel.manager.end(by(duel, 'end'));
    for (const event of duel.log().slice(-4)) {
      expect(visibleEvent(event, { seat: null, seesAll: true }).data).toMatchObject({ playerId: 'dana' });
      expect(JSON.stringify(visibleEvent(event, { seat: 'home', seesAll: false }))).not.toContain('dana');
    }
  });

  it('neither wakes a session nor loses its turn that a crash left open', async () => {
    const duel = await brokenOff();
    await announce(duel, 'We are sorry.');
    expect(kindsOf(duel, 4)).toEqual(['action', 'session_resumed', 'session_paused', 'announcement']);
    duel.manager = duel.world.restart();
    expect(await duel.manager.recover(duel.sessionId)).toBe('finished');
    expect(await duel.play('away', '2')).toMatchObject({ ok: true, turns: 2 });
  });

  it('can be made before a session begins, and not when it is over', async () => {
    const duel = await startDuel({ open: false });
    await announce(duel, 'Welcome.');
    expect(await duel.manager.open(duel.sessionId)).toMatchObject({ ok: true, accepted: true });
    await duel.manager.end(by(duel, 'end'));
    expect(await announce(duel, 'Too late.', 'late')).toMatchObject({ reason: 'session/closed' });
  });
});

describe('a session that is ended by those who run it', () => {
  it('says so, once, and has not been played to an end', async () => {
    const duel = await startDuel();
    await duel.play('home', '1');
    const first = await duel.manager.end(by(duel, 'end'));
    expect(first).toMatchObject({ ok: true, exited: true, exitReason: 'ended_by_administrator' });
    expect(await duel.manager.end(by(duel, 'end'))).toEqual(first);
    expect(await duel.world.restart().end(by(duel, 'end'))).toEqual(first);
    expect(await duel.manager.end(by(duel, 'other'))).toMatchObject({ reason: 'session/closed' });
    expect(duel.log().filter(({ kind }) => kind === 'session_end')).toHaveLength(1);
  });

  it('is over while it is held, or after a crash, and time that nobody played does not count', async () => {
    const duel = await brokenOff();
    await hold(duel);
    duel.world.now += DAY;
    expect(await duel.manager.end(by(duel, 'end'))).toMatchObject({ exited: true });
    expect(await duel.manager.present(duel.sessionId)).toMatchObject({
      status: 'closed',
      held: null,
      runtimeMs: 0,
    });
    expect(await hold(duel, 'late')).toMatchObject({ reason: 'session/closed' });
    expect(await release(duel, 'late too')).toMatchObject({ reason: 'session/closed' });
  });

  it('gives up a model that does not answer', async () => {
    const asked = Promise.withResolvers<void>();
    const session = await createExploreSession({
      model: {
        id: 'mute',
        generate: ({ cancellation }) => {
          asked.resolve();
          return new Promise((_resolve, reject) =>
            cancellation.addEventListener('abort', () => reject(new Error('given up')), { once: true }),
          );
        },
      },
    });
    const { manager, sessionId } = session;
    const opening = manager.open(sessionId);
    await asked.promise;
    expect(await manager.end(by(session, 'end'))).toMatchObject({ exited: true });
    await opening;
    expect(session.log().at(-1)).toMatchObject({ kind: 'session_end' });
  });
});

describe('steering, in any order and with any crash', () => {
  it('lets nothing of the game happen in a session that is held, and its clock counts no held time', async () => {
    const steps = fc.array(
      fc.constantFrom('play', 'hold', 'release', 'announce', 'pause', 'resume', 'restart', 'wait'),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const duel = await startDuel();
        let seat: 'home' | 'away' = 'home';
        for (const [index, step] of plan.entries()) {
          const commandId = String(index);
          if (step === 'hold') await hold(duel, commandId);
          else if (step === 'release') await release(duel, commandId);
          else if (step === 'announce') await announce(duel, 'Hello.', commandId);
          else if (step === 'pause') await duel.manager.pause(duel.sessionId);
          else if (step === 'resume') await duel.manager.resume(duel.sessionId);
          else if (step === 'restart') duel.manager = duel.world.restart();
          else if (step === 'wait') duel.world.now += 10_000;
          else if ((await duel.play(seat, commandId)).ok) seat = seat === 'home' ? 'away' : 'home';
        }
        let isHeld = false;
        for (const event of duel.log()) {
          if (isHeld) expect(isOfGame(event)).toBe(false);
          if (isHeld) expect(event.kind).not.toBe('session_resumed');
          if (event.kind === 'session_held') isHeld = true;
          if (event.kind === 'session_released') isHeld = false;
        }
        const present = await duel.manager.present(duel.sessionId);
        expect(present?.held !== null).toBe(isHeld && present?.exited === false);
        const again = await duel.world.restart().present(duel.sessionId);
        expect([again?.lastSeq, again?.turns, again?.held]).toEqual([
          present?.lastSeq,
          present?.turns,
          present?.held,
        ]);
      }),
      { numRuns: 80 },
    );
  });
});
