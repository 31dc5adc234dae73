import type { Game } from '../game/game.ts';
import { createGameRegistry } from '../game/registry.ts';
import { explore } from '../games/roleplay/explore.ts';
import type { LanguageModel } from '../models/languageModel.ts';
import { createScriptedModel } from '../models/scripted/scriptedModel.ts';
import type { SessionEvent } from '../session/event.ts';
import type { SessionManager } from '../session/sessionManager.ts';
import { gardener, mole } from './characterSheets.ts';
import { createTestWorld } from './testWorld.ts';
import type { TestWorld } from './testWorld.ts';

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

/** A session of Explore as the product runs it: a session manager over durable stores. Ann plays it. */
export interface ExploreSession {
  readonly world: TestWorld;
  readonly manager: SessionManager;
  readonly sessionId: string;
  /** Has Ann do something; `by` is the manager that she reaches, if not the first. */
  readonly act: (text: string, commandId: string, by?: SessionManager) => ReturnType<SessionManager['act']>;
  readonly log: () => readonly SessionEvent[];
  /** Of the events of the log, such as `npc/message`. */
  readonly kinds: () => readonly string[];
}

interface ExploreSessionOptions {
  /** The scripted simulator by default. */
  readonly model?: LanguageModel;
  /** In the place of Explore. */
  readonly game?: Game;
  readonly experimentId?: string;
}

/** Created, and not opened yet. */
export async function createExploreSession(options: ExploreSessionOptions = {}): Promise<ExploreSession> {
  const { model = createScriptedModel(), game = explore, experimentId } = options;
  const world = createTestWorld({
    games: createGameRegistry([game], [EXPLORE_FILE]),
    characters: [gardener, mole].map((sheet) => ({ sheet, revision: sheet.hid })),
    model,
  });
  const manager = world.restart();
  const created = await manager.create({
    game: 'explore',
    ownerId: 'ann',
    commandId: 'create',
    source: 'test',
    characters: { pc: gardener.hid, npc: mole.hid },
    ...(experimentId === undefined ? {} : { experimentId }),
  });
  if (!created.ok) throw new Error(created.message);
  const { sessionId } = created.record.header;
  const log = (): readonly SessionEvent[] => world.events.get(sessionId) ?? [];
  return {
    world,
    manager,
    sessionId,
    act: (text, commandId, by = manager) =>
      by.act({ sessionId, playerId: 'ann', commandId, input: { text } }),
    log,
    kinds: () => log().map(({ source, kind }) => `${source}/${kind}`),
  };
}

/** Opened, and played with these lines, a second for each, by the rules of Explore or of `game` in its place. */
export async function playExplore(lines: readonly string[], game: Game = explore): Promise<ExploreSession> {
  const session = await createExploreSession({ game });
  await session.manager.open(session.sessionId);
  for (const [index, text] of lines.entries()) {
    session.world.now += 1_000;
    await session.act(text, `c${index}`);
  }
  return session;
}
