import { describe, expect, it } from 'vitest';
import { createGameRegistry } from '../game/registry.ts';
import { explore } from '../games/roleplay/explore.ts';
import type { ModelRequest } from '../models/languageModel.ts';
import type { ModelChoice } from '../models/modelChoice.ts';
import { createScriptedModel } from '../models/scripted/scriptedModel.ts';
import { gardener, mole } from '../testing/characterSheets.ts';
import { EXPLORE_FILE } from '../testing/exploreSession.ts';
import { createTestWorld } from '../testing/testWorld.ts';
import { createSessionManager } from './createSessionManager.ts';

const GAMES_CHOICE: ModelChoice = { opener: ['openrouter:a/b', 'scripted'], scorer: ['scripted'] };

/** Explore, whose file names these models; what is asked is noted and answered by the simulator. */
function table(models: ModelChoice | undefined) {
  const scripted = createScriptedModel();
  const asked: ModelRequest[] = [];
  const file = { ...EXPLORE_FILE, ...(models === undefined ? {} : { models }) };
  const world = createTestWorld({
    games: createGameRegistry([explore], [file]),
    characters: [gardener, mole].map((sheet) => ({ sheet, revision: sheet.hid })),
    model: {
      id: 'noted',
      generate: (request, onText) => {
        asked.push(request);
        return scripted.generate(request, onText);
      },
    },
  });
  return { world, manager: createSessionManager(world.ports), asked };
}

type Table = ReturnType<typeof table>;

async function create({ manager }: Table, models?: ModelChoice) {
  const created = await manager.create({
    game: 'explore',
    ownerId: 'ann',
    commandId: 'create',
    source: 'test',
    ...(models === undefined ? {} : { experimentId: 'trial', models }),
  });
  if (!created.ok) throw new Error(created.message);
  return created.record.header;
}

const open = ({ manager }: Table, sessionId: string) => manager.open(sessionId);

describe('the models of a session', () => {
  it('are those that its game names, for every question of it', async () => {
    const played = table(GAMES_CHOICE);
    const { sessionId, models } = await create(played);
    expect(models).toEqual(GAMES_CHOICE);
    await open(played, sessionId);
    expect(played.asked.map(({ models: wanted }) => wanted)).toEqual([GAMES_CHOICE]);
  });

  it('are those of its experiment before those of its game, role by role', async () => {
    const played = table(GAMES_CHOICE);
    const { models } = await create(played, { opener: ['huggingface:c/d'], updater: ['scripted'] });
    expect(models).toEqual({
      opener: ['huggingface:c/d'],
      scorer: ['scripted'],
      updater: ['scripted'],
    });
  });

  it('are left to the settings where nobody names any', async () => {
    const played = table(undefined);
    const header = await create(played);
    expect(header).not.toHaveProperty('models');
    await open(played, header.sessionId);
    expect(played.asked.map(({ models }) => models)).toEqual([{}]);
  });

  it('stay the same when the game is changed, and in its branches', async () => {
    const played = table(GAMES_CHOICE);
    const { sessionId } = await create(played);
    await open(played, sessionId);
    const branched = await played.manager.branch({ sessionId, playerId: 'ann', commandId: 'branch' });
    expect(branched).toMatchObject({ ok: true, record: { header: { models: GAMES_CHOICE } } });
    const found = await played.world.ports.sessions.get(sessionId);
    expect(found?.header.models).toEqual(GAMES_CHOICE);
  });
});
