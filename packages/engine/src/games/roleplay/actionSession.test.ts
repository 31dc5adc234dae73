import { describe, expect, it } from 'vitest';
import type { GameFile } from '../../game/gameFile.schema.ts';
import { createGameRegistry } from '../../game/registry.ts';
import { ModelFailure } from '../../models/languageModel.ts';
import type { LanguageModel, ModelRequest } from '../../models/languageModel.ts';
import { createScriptedModel } from '../../models/scripted/scriptedModel.ts';
import { gardener, mole } from '../../testing/characterSheets.ts';
import { createTestWorld } from '../../testing/testWorld.ts';
import { builtInGames } from '../index.ts';

const file: GameFile = {
  name: 'explore',
  title: 'Explore',
  version: '1.0.0',
  authors: ['DCS'],
  description: 'Meet another mind.',
  config: {},
  stoppingConditions: {},
};

/** Explore in a session whose models never answer once it is open, but give up when they are told to. */
async function waitingTurn() {
  const scripted = createScriptedModel();
  const asked: ModelRequest[] = [];
  const everyoneAsked = Promise.withResolvers<void>();
  let isOpen = false;
  const model: LanguageModel = {
    id: 'hanging',
    generate: (request, onText) => {
      if (!isOpen) return scripted.generate(request, onText);
      asked.push(request);
      if (asked.length === 4) everyoneAsked.resolve();
      return new Promise((_resolve, reject) => {
        const giveUp = () => reject(new ModelFailure('model/cancelled', 'No longer wanted.'));
        request.cancellation.addEventListener('abort', giveUp, { once: true });
      });
    },
  };
  const world = createTestWorld({
    games: createGameRegistry(builtInGames, [file]),
    characters: [gardener, mole].map((sheet) => ({ sheet, revision: sheet.hid })),
    model,
  });
  const manager = world.restart();
  const created = await manager.create({
    game: 'explore',
    ownerId: 'ann',
    commandId: 'create',
    source: 'test',
    characters: { pc: 'INES', npc: 'MOLE' },
  });
  if (!created.ok) throw new Error(created.message);
  const { sessionId } = created.record.header;
  await manager.open(sessionId);
  isOpen = true;
  const reply = manager.act({ sessionId, playerId: 'ann', commandId: 'a', input: { text: 'I knock.' } });
  await everyoneAsked.promise;
  return { world, manager, sessionId, asked, reply };
}

describe('a player who leaves in mid-turn', () => {
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
