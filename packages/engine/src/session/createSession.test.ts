import { describe, expect, it } from 'vitest';
import { createGameRegistry } from '../game/registry.ts';
import { explore } from '../games/roleplay/explore.ts';
import { gardener, mole } from '../testing/characterSheets.ts';
import { EXPLORE_FILE } from '../testing/exploreSession.ts';
import { createTestWorld } from '../testing/testWorld.ts';
import { createSessionManager } from './createSessionManager.ts';
import type { PinnedSetting } from './sessionManager.ts';

const CONFIG_BEFORE = { ...EXPLORE_FILE.config, maxTurns: 3 };

/** How things were before somebody changed the file of the game, the gardener's sheet, and retired the mole. */
const before: PinnedSetting = {
  file: { ...EXPLORE_FILE, version: '0.9.0', config: CONFIG_BEFORE, models: { opener: ['scripted'] } },
  characters: [
    { sheet: gardener, revision: 'before' },
    { sheet: mole, revision: 'before' },
  ],
};

async function create(pinned?: PinnedSetting) {
  const { ports } = createTestWorld({
    games: createGameRegistry([explore], [EXPLORE_FILE]),
    characters: [{ sheet: gardener, revision: 'now' }],
  });
  return createSessionManager(ports).create({
    game: 'explore',
    ownerId: 'ann',
    commandId: 'create',
    source: 'test',
    characters: { pc: gardener.hid, npc: pinned === undefined ? gardener.hid : mole.hid },
    ...(pinned === undefined ? {} : { pinned }),
  });
}

describe('a new session', () => {
  it('goes by the file and the sheets that there are now', async () => {
    const { version: gameVersion, config } = EXPLORE_FILE;
    const cast = { pc: { revision: 'now' }, npc: { revision: 'now' } };
    expect(await create()).toMatchObject({ ok: true, record: { header: { gameVersion, config, cast } } });
  });

  it('goes by those that are pinned, also where they are no longer what there is', async () => {
    expect(await create(before)).toMatchObject({
      ok: true,
      record: {
        header: {
          gameVersion: '0.9.0',
          config: CONFIG_BEFORE,
          models: { opener: ['scripted'] },
          cast: {
            pc: { hid: gardener.hid, revision: 'before' },
            npc: { hid: mole.hid, revision: 'before' },
          },
        },
      },
    });
  });
});
