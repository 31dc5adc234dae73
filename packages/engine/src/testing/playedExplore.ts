import type { Game } from '../game/game.ts';
import { createGameRegistry } from '../game/registry.ts';
import { explore } from '../games/roleplay/explore.ts';
import { createScriptedModel } from '../models/scripted/scriptedModel.ts';
import { createSessionManager } from '../session/createSessionManager.ts';
import type { SessionEvent } from '../session/event.ts';
import type { SessionManager } from '../session/sessionManager.ts';
import { gardener, mole } from './characterSheets.ts';
import { createTestWorld } from './testWorld.ts';
import type { TestWorld } from './testWorld.ts';

/** A session of Explore that Ann has played, a second for each line. */
export interface PlayedExplore {
  readonly world: TestWorld;
  readonly manager: SessionManager;
  readonly sessionId: string;
  readonly log: () => readonly SessionEvent[];
}

/** As in a file of its own. */
export const EXPLORE_FILE = {
  name: 'explore',
  title: 'Explore',
  version: '1.0.0',
  authors: ['DCS'],
  description: 'Meet another mind.',
  config: { maxTurns: 4, retryBudget: 2 },
  stoppingConditions: { turns: ['>= maxTurns'] },
};

/** Opened, and played with these lines by the rules of Explore or of `game` in its place. */
export async function playExplore(lines: readonly string[], game: Game = explore): Promise<PlayedExplore> {
  const sheets = [gardener, mole].map((sheet) => ({ sheet, revision: sheet.hid }));
  const world = createTestWorld({
    games: createGameRegistry([game], [EXPLORE_FILE]),
    characters: sheets,
    model: createScriptedModel(),
  });
  const manager = createSessionManager(world.ports);
  const characters = { pc: gardener.hid, npc: mole.hid };
  const request = { game: 'explore', ownerId: 'ann', commandId: 'create', source: 'test', characters };
  const created = await manager.create(request);
  if (!created.ok) throw new Error(created.message);
  const { sessionId } = created.record.header;
  await manager.open(sessionId);
  for (const [index, text] of lines.entries()) {
    world.now += 1_000;
    await manager.act({ sessionId, playerId: 'ann', commandId: `c${index}`, input: { text } });
  }
  return { world, manager, sessionId, log: () => world.events.get(sessionId) ?? [] };
}
