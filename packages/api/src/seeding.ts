import { createGameRegistry } from '@dcs/engine';
import type { Clock, Game, GameEntry, GameRegistry } from '@dcs/engine';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { loadCatalog } from './catalog/index.ts';
import type { Logger } from './logger.ts';
import { checkAccessKey, hashAccessKey } from './security/index.ts';
import { StartError } from './startError.ts';
import type { Stores } from './store/ports.ts';

/** What the data files bring into a server that starts. */
export interface SeedOptions {
  /** The folder with `games/`, `experiments/` and `seeds/`. */
  readonly projectDir: string;
  readonly games: readonly Game[];
  /** Offered beside those that a file configures. */
  readonly moreGames: readonly GameEntry[];
  readonly stores: Stores;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Reads the data files: characters into the store, unless their revision is there already, games into the registry.
 * What is wrong in a file is logged and left out, so that one mistake does not keep the server down.
 */
export async function seed(options: SeedOptions): Promise<GameRegistry> {
  const { projectDir, games, moreGames, stores, clock, logger } = options;
  const catalog = await loadCatalog({
    gamesDir: path.join(projectDir, 'games'),
    experimentsDir: path.join(projectDir, 'experiments'),
    seedsDir: path.join(projectDir, 'seeds'),
    games,
  });
  for (const { severity, file, line, column, message, fix } of catalog.problems) {
    const text = `${path.relative(projectDir, file)}:${line}:${column} ${message}. ${fix}`;
    if (severity === 'error') logger.error(text);
    else logger.debug(text);
  }
  await Promise.all(
    catalog.characters.map(async ({ sheet, revision }) => {
      if ((await stores.characters.currentRevision(sheet.hid)) === revision) return;
      await stores.characters.put(sheet, { revision, at: clock.now() });
    }),
  );
  return createGameRegistry(
    [...games, ...moreGames.map(({ game }) => game)],
    [...catalog.gameFiles.map(({ gameFile }) => gameFile), ...moreGames.map(({ file }) => file)],
  );
}

/** Sees to it that the key that the operator chose opens the door as an administrator. Repeatable. */
export async function ensureAdmin(stores: Stores, accessKey: string, clock: Clock): Promise<void> {
  const check = checkAccessKey(accessKey);
  if (!check.ok) {
    throw new StartError('auth/bad-admin-key', `ADMIN_KEY is not an access key. ${check.message}`);
  }
  const hash = hashAccessKey(accessKey);
  if ((await stores.accessKeys.findByHash(hash)) !== null) return;
  const playerId = randomUUID();
  const createdAt = clock.now();
  await stores.players.create({
    playerId,
    role: 'admin',
    anonymous: false,
    registration: [],
    createdAt,
    erasedAt: null,
  });
  await stores.accessKeys.issue({ keyId: randomUUID(), hash, playerId, createdAt });
  await stores.audit.append({
    auditId: randomUUID(),
    at: createdAt,
    actorId: 'system',
    action: 'player/admin-created',
    targetId: playerId,
    details: { from: 'ADMIN_KEY' },
  });
}
