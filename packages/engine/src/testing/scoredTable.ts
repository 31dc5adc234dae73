import { builtInGames } from '../games/index.ts';
import { createGameRegistry } from '../game/registry.ts';
import type { GameFile } from '../game/gameFile.schema.ts';
import type { JsonObject } from '../json.ts';
import { createScriptedModel } from '../models/scripted/scriptedModel.ts';
import type { LanguageModel } from '../models/languageModel.ts';
import type { SessionEvent } from '../session/event.ts';
import type { SessionManager } from '../session/sessionManager.ts';
import { gardener, mole } from './characterSheets.ts';
import { createTestWorld } from './testWorld.ts';

const fileOf = (name: string): GameFile => ({
  name,
  title: name,
  version: '1.0.0',
  authors: ['DCS'],
  description: 'A game of words.',
  config: {},
  stoppingConditions: { turns: ['>= maxTurns'] },
});

export class PowerCut extends Error {}

async function expectPowerCut(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (fault) {
    if (!(fault instanceof PowerCut)) throw fault;
  }
}

/** A language game as the product runs it: a session manager over durable stores, opened, with the scripted simulator. */
export async function playLanguageGame(
  game: string,
  config: JsonObject = {},
  model: LanguageModel = createScriptedModel(),
) {
  const world = createTestWorld({
    games: createGameRegistry(builtInGames, [fileOf(game)]),
    characters: [gardener, mole].map((sheet) => ({ sheet, revision: sheet.hid })),
    model,
  });
  let manager: SessionManager = world.restart();
  const created = await manager.create({
    game,
    ownerId: 'ann',
    commandId: 'create',
    source: 'test',
    characters: { pc: 'INES', npc: 'MOLE' },
    config,
  });
  if (!created.ok) throw new Error(created.message);
  const { sessionId } = created.record.header;
  await manager.open(sessionId);
  let said = 0;
  const log = (): readonly SessionEvent[] => world.events.get(sessionId) ?? [];
  const say = (text: string) => {
    said += 1;
    return manager.act({ sessionId, playerId: 'ann', commandId: `say-${said}`, input: { text } });
  };
  const close = () => manager.close({ sessionId, playerId: 'ann', commandId: 'close' });
  const viewFor = async (seat: string | null, seesAll = false): Promise<JsonObject> => {
    const view = (await manager.present(sessionId))?.view({ seat, seesAll });
    if (typeof view !== 'object' || view === null || Array.isArray(view))
      throw new Error('There is no view.');
    return view as JsonObject;
  };
  return {
    log,
    say,
    close,
    /** Closes the session, with a power cut just before its end is written; the next process goes on. */
    closeThroughPowerCut: async () => {
      world.beforeAppend = (events) => {
        if (events.some(({ kind }) => kind === 'session_end')) throw new PowerCut('as the test wants it');
      };
      await expectPowerCut(close());
      world.beforeAppend = null;
      manager = world.restart();
    },
    evaluate: (judge = 'judge') => manager.evaluate({ sessionId, judge }),
    /** A fresh process over the same stores. */
    restart: () => {
      manager = world.restart();
    },
    viewFor,
    faults: world.faults,
    /** What the seat `pc` gets to read, everything in order. */
    read: (): string =>
      log()
        .filter(({ audience }) => audience === null)
        .map(({ content, data }) => `${content} ${JSON.stringify(data)}`)
        .join('\n'),
    last: (kind: string) => log().findLast((event) => event.kind === kind),
    /** Says something, with a power cut just before the first event of that kind is written; the next process goes on. */
    sayThroughPowerCut: async (text: string, lost: (event: SessionEvent) => boolean) => {
      world.beforeAppend = (events) => {
        if (events.some(lost)) throw new PowerCut('as the test wants it');
      };
      await expectPowerCut(say(text));
      world.beforeAppend = null;
      manager = world.restart();
      await manager.resume(sessionId);
    },
  };
}
