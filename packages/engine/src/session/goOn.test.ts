import { describe, expect, it } from 'vitest';
import { createGameRegistry } from '../game/registry.ts';
import type { GameFile } from '../game/gameFile.schema.ts';
import { builtInGames } from '../games/index.ts';
import type { JsonObject } from '../json.ts';
import { createScriptedModel } from '../models/scripted/scriptedModel.ts';
import { gardener, mole } from '../testing/characterSheets.ts';
import { createTestWorld } from '../testing/testWorld.ts';
import { createSessionManager } from './createSessionManager.ts';
import type { SessionEvent } from './event.ts';
import type { SessionHeader } from './session.ts';
import type { GoOnFromSession, SessionManager } from './sessionManager.ts';

const fileOf = (version: string): GameFile => ({
  name: 'infer-intent',
  title: 'Infer Intent',
  version,
  authors: ['DCS'],
  description: 'A game of words.',
  config: {},
  stoppingConditions: { turns: ['>= maxTurns'], runtimeSeconds: ['>= maxPlaytimeSeconds'] },
});

const ANN = 'ann';

/** An opened session that Ann plays in an experiment, with the scripted simulator. */
async function played(config: JsonObject = {}) {
  const world = createTestWorld({
    games: createGameRegistry(builtInGames, [fileOf('1.0.0')]),
    characters: [gardener, mole].map((sheet) => ({ sheet, revision: sheet.hid })),
    model: createScriptedModel(),
  });
  const manager = world.restart();
  const created = await manager.create({
    game: 'infer-intent',
    ownerId: ANN,
    commandId: 'create',
    source: 'experiment',
    experimentId: 'pilot',
    models: { updater: ['scripted'] },
    characters: { pc: 'INES', npc: 'MOLE' },
    config: { condition: 'learning', ...config },
  });
  if (!created.ok) throw new Error(created.message);
  const { sessionId } = created.record.header;
  const logOf = (id: string): readonly SessionEvent[] => world.events.get(id) ?? [];
  let commands = 0;
  const command = (id = sessionId) => ({ sessionId: id, playerId: ANN, commandId: `c${(commands += 1)}` });
  return {
    world,
    manager,
    sessionId,
    logOf,
    say: (text: string, id = sessionId) => manager.act({ ...command(id), input: { text } }),
    close: (id = sessionId) => manager.close(command(id)),
    asked: { sessionId, playerId: ANN, commandId: 'again', source: 'web' } satisfies GoOnFromSession,
  };
}

async function goOn(manager: SessionManager, asked: GoOnFromSession): Promise<SessionHeader> {
  const made = await manager.goOn(asked);
  if (!made.ok) throw new Error(made.message);
  return made.record.header;
}

const contents = (events: readonly SessionEvent[]) => events.map(({ kind, content }) => [kind, content]);

describe('going on from a session that broke off', () => {
  it('begins with all that was played, and with nothing of its end', async () => {
    const table = await played();
    await table.manager.open(table.sessionId);
    await table.say('I wave.');
    const before = table.logOf(table.sessionId).length;
    await table.close();
    const parent = table.logOf(table.sessionId);
    expect(parent.slice(before).map(({ kind }) => kind)).toEqual(['fact', 'info', 'session_end']);
    const { sessionId, parent: from } = await goOn(table.manager, table.asked);
    expect(from).toEqual({ sessionId: table.sessionId, seq: before });
    expect(contents(table.logOf(sessionId))).toEqual([
      ...contents(parent.slice(0, before)),
      ['branched', `branched: ${before}`],
    ]);
    expect(await table.say('I wait.', sessionId)).toMatchObject({ ok: true, accepted: true, turns: 3 });
    expect(await table.say('I wait.')).toMatchObject({ ok: false, reason: 'session/closed' });
  });

  it('stays in its experiment, as it was set up there, while a branch that is made by hand leaves it', async () => {
    const table = await played();
    await table.manager.open(table.sessionId);
    await table.close();
    const parent = (await table.world.ports.sessions.get(table.sessionId))?.header;
    const header = await goOn(table.manager, table.asked);
    const { game, gameVersion, config, models, cast, stoppingConditions } = parent ?? header;
    expect(header).toMatchObject({ experimentId: 'pilot', source: 'web', ownerId: ANN });
    expect(header).toMatchObject({ game, gameVersion, config, models, cast, stoppingConditions });
    expect(header.seed).not.toBe(parent?.seed);
    const byHand = await table.manager.branch({ ...table.asked, commandId: 'by hand' });
    expect(byHand).toMatchObject({ ok: true, record: { header: { source: 'branch' } } });
    expect(byHand).not.toHaveProperty('record.header.experimentId');
  });

  it('goes on counting turns and played time up to the limits of the whole', async () => {
    const table = await played({ maxTurns: 3, maxPlaytimeSeconds: 60 });
    await table.manager.open(table.sessionId);
    table.world.now += 40_000;
    await table.say('I wave.');
    // Thinking is playing, though nothing is recorded of it.
    table.world.now += 5_000;
    await table.close();
    table.world.now += 3_600_000;
    const { sessionId } = await goOn(table.manager, table.asked);
    await table.manager.resume(sessionId);
    expect(await table.manager.present(sessionId)).toMatchObject({ turns: 2, runtimeMs: 45_000 });
    table.world.now += 10_000;
    expect(await table.say('I wait.', sessionId)).toMatchObject({
      exited: true,
      turns: 3,
      exitReason: 'stopping_condition_met:_turns_>=3',
    });
    const late = await played({ maxPlaytimeSeconds: 60 });
    await late.manager.open(late.sessionId);
    late.world.now += 40_000;
    await late.close();
    const next = await goOn(late.manager, late.asked);
    await late.manager.resume(next.sessionId);
    late.world.now += 21_000;
    await late.manager.checkLimits(next.sessionId);
    expect(await late.manager.present(next.sessionId)).toMatchObject({
      exitReason: 'stopping_condition_met:_runtime_seconds_>=60',
    });
  });

  it('can be gone on from again and again', async () => {
    const table = await played();
    await table.manager.open(table.sessionId);
    await table.say('I wave.');
    await table.close();
    const second = await goOn(table.manager, table.asked);
    await table.say('I wait.', second.sessionId);
    await table.close(second.sessionId);
    const asked = { ...table.asked, sessionId: second.sessionId, commandId: 'third' };
    const third = await goOn(table.manager, asked);
    expect(third).toMatchObject({ experimentId: 'pilot', parent: { sessionId: second.sessionId } });
    expect(await table.manager.present(third.sessionId)).toMatchObject({ turns: 3, status: 'paused' });
  });

  it('leaves out an action that nobody has answered: the player says it again, or something else', async () => {
    const table = await played();
    await table.manager.open(table.sessionId);
    const resting = table.logOf(table.sessionId).length;
    table.world.beforeAppend = (events) => {
      if (events.some(({ source }) => source === 'npc')) throw new Error('The power is cut.');
    };
    await expect(table.say('I wave.')).rejects.toThrow('The power is cut.');
    table.world.beforeAppend = null;
    const manager = table.world.restart();
    expect(table.logOf(table.sessionId).length).toBeGreaterThan(resting);
    expect(await manager.abandon(table.sessionId, table.world.now)).toBe(true);
    expect(await goOn(manager, table.asked)).toMatchObject({ parent: { seq: resting } });
  });
});

describe('asking to go on more than once', () => {
  it('gives the same session, also from several servers at once', async () => {
    const table = await played();
    await table.manager.open(table.sessionId);
    await table.close();
    const managers = [table.manager, ...Array.from({ length: 3 }, () => table.world.restart())];
    const headers = await Promise.all(managers.map((manager) => goOn(manager, table.asked)));
    expect(new Set(headers.map(({ sessionId }) => sessionId)).size).toBe(1);
    expect(table.logOf(headers[0]?.sessionId ?? '').filter(({ kind }) => kind === 'branched')).toHaveLength(
      1,
    );
  });

  it.each([0, 2])('finishes what a crash has cut off after %d events of the copy', async (room) => {
    const table = await played();
    await table.manager.open(table.sessionId);
    await table.close();
    let left = room;
    const cut = createSessionManager({
      ...table.world.ports,
      log: {
        read: (id, afterSeq, limit) => table.world.ports.log.read(id, afterSeq, limit),
        append: async (events) => {
          const kept = events.slice(0, left);
          left -= kept.length;
          if (kept.length > 0) await table.world.ports.log.append(kept);
          throw new Error('The power is cut.');
        },
      },
    });
    await expect(cut.goOn(table.asked)).rejects.toThrow('The power is cut.');
    const { sessionId, parent } = await goOn(table.world.restart(), table.asked);
    expect(table.logOf(sessionId)).toHaveLength((parent?.seq ?? 0) + 1);
    expect(await table.world.ports.sessions.listByPlayer(ANN, { limit: 10 })).toHaveLength(2);
  });

  it('gives what was begun anew under the same command instead', async () => {
    const table = await played();
    await table.manager.open(table.sessionId);
    await table.close();
    const created = await table.manager.create({
      game: 'infer-intent',
      ownerId: ANN,
      commandId: table.asked.commandId,
      source: 'web',
    });
    if (!created.ok) throw new Error(created.message);
    expect(await goOn(table.manager, table.asked)).toEqual(created.record.header);
  });
});

describe('there is no going on', () => {
  const NO_WAY_ON = { ok: false, reason: 'branch/no-way-on' };

  it('from a session that never opened', async () => {
    const table = await played();
    await table.close();
    expect(await table.manager.goOn(table.asked)).toMatchObject(NO_WAY_ON);
  });

  it.each([
    ['by its player', { maxTurns: 50 }, '/finish'],
    ['at a limit', { maxTurns: 2 }, 'I wave.'],
    ['with the last attempt', { retryBudget: 1 }, 'I turn invisible.'],
  ])('from a session that was ended %s', async (_how, config, text) => {
    const table = await played(config);
    await table.manager.open(table.sessionId);
    for (const said of [text, 'It wants worms.', '50']) await table.say(said);
    expect(await table.manager.present(table.sessionId)).toMatchObject({ exited: true });
    expect(await table.manager.goOn(table.asked)).toMatchObject(NO_WAY_ON);
    expect(table.world.events.size).toBe(1);
  });

  it('from one that was played by another version of the game, unless the experiment has pinned that one', async () => {
    const table = await played();
    await table.manager.open(table.sessionId);
    await table.close();
    const games = createGameRegistry(builtInGames, [fileOf('1.1.0')]);
    const later = createSessionManager({ ...table.world.ports, games });
    expect(await later.goOn(table.asked)).toMatchObject(NO_WAY_ON);
    expect(await later.goOn({ ...table.asked, gameVersion: '1.0.0' })).toMatchObject({ ok: true });
    const without = createSessionManager({ ...table.world.ports, games: createGameRegistry([], []) });
    expect(await without.goOn(table.asked)).toMatchObject(NO_WAY_ON);
  });

  it('from one that is still played, or that there never was', async () => {
    const table = await played();
    await table.manager.open(table.sessionId);
    expect(await table.manager.goOn(table.asked)).toMatchObject({ reason: 'branch/not-over' });
    expect(await table.manager.goOn({ ...table.asked, sessionId: 'nobody' })).toMatchObject({
      reason: 'session/not-found',
    });
  });
});
