import { describe, expect, it } from 'vitest';
import type { LanguageModel } from '../../models/languageModel.ts';
import { createScriptedModel } from '../../models/scripted/scriptedModel.ts';
import { createExploreSession, playExplore } from '../../testing/exploreSession.ts';

class Crash extends Error {}

describe('whoever looks while the opening is written', () => {
  it('waits for a write and not for the model, and sees the one session that is played', async () => {
    const thinking = Promise.withResolvers<void>();
    const writing = Promise.withResolvers<void>();
    const scripted = createScriptedModel();
    const { manager, world, sessionId, kinds } = await createExploreSession({
      model: {
        ...scripted,
        generate: async (request, onText) => {
          await thinking.promise;
          return scripted.generate(request, onText);
        },
      },
    });
    world.beforeAppend = () => writing.resolve();
    const opening = manager.open(sessionId);
    expect(await manager.present(sessionId)).toMatchObject({ lastSeq: 0 });
    await writing.promise;
    expect(await manager.present(sessionId)).toMatchObject({ opened: false });
    thinking.resolve();
    expect(await opening).toMatchObject({ ok: true });
    await manager.resume(sessionId);
    expect(await manager.present(sessionId)).toMatchObject({ opened: true, turns: 1 });
    expect(kinds()).toEqual(['system/session_start', 'system/info', 'npc/message']);
  });
});

describe('a model that is asked', () => {
  it('is told for which turn, and after which event whatever it leads to will stand', async () => {
    const scripted = createScriptedModel();
    const occasions: unknown[] = [];
    const { act, kinds, manager, sessionId } = await createExploreSession({
      model: {
        ...scripted,
        generate: (request, onText) => {
          occasions.push(request.occasion);
          return scripted.generate(request, onText);
        },
      },
    });
    await manager.open(sessionId);
    const afterSeq = kinds().length;
    occasions.length = 0;
    await act('I knock.', 'a');
    expect(occasions.length).toBeGreaterThan(0);
    for (const occasion of occasions) {
      expect(occasion).toEqual({ sessionId, playerId: 'ann', experimentId: null, turn: 2, afterSeq });
    }
  });
});

describe('a session of an experiment', () => {
  it('says so whenever a model is asked; what branches from it is no part of the experiment', async () => {
    const scripted = createScriptedModel();
    const experiments = new Set<unknown>();
    const model: LanguageModel = {
      ...scripted,
      generate: (request, onText) => {
        experiments.add(request.occasion?.experimentId);
        return scripted.generate(request, onText);
      },
    };
    const { manager, sessionId, act } = await createExploreSession({ model, experimentId: 'exp-1' });
    await manager.open(sessionId);
    await act('I knock.', 'a');
    expect([...experiments]).toEqual(['exp-1']);
    experiments.clear();
    const branch = await manager.branch({ sessionId, playerId: 'ann', commandId: 'branch' });
    if (!branch.ok) throw new Error(branch.message);
    await manager.act({
      sessionId: branch.record.header.sessionId,
      playerId: 'ann',
      commandId: 'b',
      input: { text: 'I wait.' },
    });
    expect([...experiments]).toEqual([null]);
  });
});

describe('Explore in a session', () => {
  it('opens, answers, and ends at its limit of turns', async () => {
    const { act, kinds, world } = await playExplore([]);
    expect(await act('I knock.', 'a')).toMatchObject({ ok: true, accepted: true, turns: 2, exited: false });
    expect(await act('/help', 'b')).toMatchObject({ accepted: true, turns: 2 });
    expect(await act('/nope', 'c')).toMatchObject({ accepted: false, turns: 2 });
    await act('I wait.', 'd');
    expect(await act('I stamp.', 'e')).toMatchObject({ turns: 4, exited: true });
    expect(kinds().slice(-3)).toEqual(['npc/message', 'system/info', 'system/session_end']);
    expect(world.faults).toEqual([]);
  });

  it('counts /finish as having completed the game', async () => {
    const { act } = await playExplore([]);
    expect(await act('/finish', 'a')).toMatchObject({
      accepted: true,
      exited: true,
      exitReason: 'game_completed',
    });
  });

  it('answers a repeated command with the same reply and no second turn', async () => {
    const { act, kinds } = await playExplore([]);
    const reply = await act('I knock.', 'a');
    const before = kinds();
    expect(await act('I knock.', 'a')).toEqual(reply);
    expect(kinds()).toEqual(before);
  });

  it('finishes, after a restart, the turn whose reply was never written', async () => {
    const { act, kinds, world, sessionId } = await playExplore([]);
    world.beforeAppend = (events) => {
      if (events.some((event) => event.source === 'npc')) throw new Crash('power cut');
    };
    await expect(act('I knock.', 'a')).rejects.toThrow(Crash);
    world.beforeAppend = null;
    const manager = world.restart();
    await manager.resume(sessionId);
    expect(kinds().filter((kind) => kind === 'user/message')).toHaveLength(1);
    expect(await act('I knock.', 'a', manager)).toMatchObject({ accepted: true, turns: 2 });
    expect(kinds().at(-1)).toBe('npc/message');
  });
});
