import { describe, expect, it } from 'vitest';
import { ModelFailure } from '../../models/languageModel.ts';
import type { LanguageModel, ModelRequest } from '../../models/languageModel.ts';
import { createScriptedModel } from '../../models/scripted/scriptedModel.ts';
import { createExploreSession } from '../../testing/exploreSession.ts';

/** Explore in a session whose models do not answer once it is open, until they are let to, but give up when they are told to. */
async function waitingTurn() {
  const scripted = createScriptedModel();
  const asked: ModelRequest[] = [];
  const everyoneAsked = Promise.withResolvers<void>();
  let isHanging = false;
  const model: LanguageModel = {
    id: 'hanging',
    generate: (request, onText) => {
      if (!isHanging) return scripted.generate(request, onText);
      asked.push(request);
      if (asked.length === 4) everyoneAsked.resolve();
      return new Promise((_resolve, reject) => {
        const giveUp = () => reject(new ModelFailure('model/cancelled', 'No longer wanted.'));
        request.cancellation.addEventListener('abort', giveUp, { once: true });
      });
    },
  };
  const { world, manager, sessionId, act: actAs, kinds } = await createExploreSession({ model });
  await manager.open(sessionId);
  isHanging = true;
  const act = () => actAs('I knock.', 'a');
  const letAnswer = (): void => void (isHanging = false);
  const reply = act();
  await everyoneAsked.promise;
  return { world, manager, sessionId, asked, reply, act, kinds, letAnswer };
}

type WaitingTurn = Awaited<ReturnType<typeof waitingTurn>>;

const cancellations = ({ asked }: WaitingTurn): boolean[] =>
  asked.map(({ cancellation }) => cancellation.aborted);

describe('a player who closes the session in mid-turn', () => {
  it('cancels the judges and the reply together, and is charged nothing', async () => {
    const { world, manager, sessionId, asked, reply } = await waitingTurn();
    const closed = manager.close({ sessionId, playerId: 'ann', commandId: 'b' });
    expect(await reply).toMatchObject({ ok: true, accepted: false });
    expect(asked.map(({ cancellation }) => cancellation.aborted)).toEqual([true, true, true, true]);
    expect(await closed).toMatchObject({ ok: true, exited: true });
    const told = world.events.get(sessionId)?.findLast(({ kind }) => kind === 'error');
    expect(told).toMatchObject({ data: { reason: 'model/cancelled', fault: 'system' } });
    expect(world.faults).toEqual([]);
  });
});

describe('a player who goes away in mid-turn', () => {
  it('cancels what was asked, and leaves the turn open as a crash would', async () => {
    const table = await waitingTurn();
    await table.manager.pause(table.sessionId);
    expect(await table.reply).toMatchObject({ ok: false, reason: 'session/interrupted', retryable: true });
    expect(cancellations(table)).toEqual([true, true, true, true]);
    expect(table.kinds().slice(-2)).toEqual(['user/message', 'system/session_paused']);
    expect(await table.manager.present(table.sessionId)).toMatchObject({ status: 'paused', turns: 1 });
    expect(table.world.faults).toEqual([]);
  });

  it('has the turn finished on their return, and gets the reply to the very command', async () => {
    const table = await waitingTurn();
    await table.manager.pause(table.sessionId);
    table.letAnswer();
    await table.manager.resume(table.sessionId);
    expect(table.kinds().slice(-4)).toEqual([
      'user/message',
      'system/session_paused',
      'system/session_resumed',
      'npc/message',
    ]);
    expect(await table.act()).toMatchObject({ ok: true, accepted: true, turns: 2 });
    expect(table.kinds().filter((kind) => kind === 'user/message')).toHaveLength(1);
  });

  it('has it finished in the same way by another process, and by whoever sends the command again', async () => {
    const table = await waitingTurn();
    await table.manager.pause(table.sessionId);
    table.letAnswer();
    const { sessionId } = table;
    const command = { sessionId, playerId: 'ann', commandId: 'a', input: { text: 'I knock.' } };
    expect(await table.world.restart().act(command)).toMatchObject({ ok: true, accepted: true, turns: 2 });
    expect(table.kinds().slice(-2)).toEqual(['system/session_resumed', 'npc/message']);
  });

  it('has nothing asked for what they sent twice before they went', async () => {
    const table = await waitingTurn();
    const again = table.act();
    await table.manager.pause(table.sessionId);
    expect(await table.reply).toMatchObject({ reason: 'session/interrupted' });
    expect(await again).toMatchObject({ reason: 'session/interrupted' });
    expect(table.asked).toHaveLength(4);
  });

  it('finds the session usable though it could not be paused', async () => {
    const table = await waitingTurn();
    table.world.beforeAppend = () => {
      throw new Error('The database is away.');
    };
    await expect(table.manager.pause(table.sessionId)).rejects.toThrow('away');
    table.world.beforeAppend = null;
    table.letAnswer();
    expect(await table.act()).toMatchObject({ ok: true, accepted: true, turns: 2 });
  });
});
