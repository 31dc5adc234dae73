import { builtInGames } from '@dcs/engine';
import type { GameRegistry } from '@dcs/engine';
import path from 'node:path';
import { createLogger } from '../../../packages/api/src/logger.ts';
import { seed } from '../../../packages/api/src/seeding.ts';
import { openDurableStorage } from '../../../packages/api/src/storage.ts';
import { UNMETERED } from '../../../packages/api/src/store/groupCommit.ts';
import type { Stores } from '../../../packages/api/src/store/ports.ts';

const PROJECT_DIR = path.resolve(import.meta.dirname, '../../..');

/** A store with the project's games and characters in it, without a server before it. */
export interface OpenedStore extends AsyncDisposable {
  readonly stores: Stores;
  readonly games: GameRegistry;
}

/** Opens the store in a folder, whether a server has left one there or not. */
export async function openStore(dataDir: string): Promise<OpenedStore> {
  await using resources = new AsyncDisposableStack();
  const logger = createLogger('warn');
  const settings = { DATABASE_URL: null, DATA_DIR: dataDir };
  const storage = await openDurableStorage(settings, { logger, commits: UNMETERED });
  resources.defer(() => storage.close());
  const { stores } = storage;
  const games = await seed({
    projectDir: PROJECT_DIR,
    games: builtInGames,
    moreGames: [],
    stores,
    clock: { now: () => Date.now() },
    logger,
  });
  const owned = resources.move();
  return { stores, games, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
