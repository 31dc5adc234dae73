import { createGameRegistry } from '@dcs/engine';
import type { Clock, Game, GameEntry, GameRegistry } from '@dcs/engine';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { formatProblem, loadCast, seenFrom } from './catalog/index.ts';
import type { CatalogProblem, FindModelProblems } from './catalog/index.ts';
import type { Logger } from './logger.ts';
import { checkAccessKey, hashAccessKey } from './security/index.ts';
import { StartError } from './startError.ts';
import type { AccessKeyStore, Stores } from './store/ports.ts';
import { DuplicateRecord } from './store/storeErrors.ts';

/** What the data files bring into a server that starts. */
export interface SeedOptions {
  /** The folder with `games/` and `seeds/`. */
  readonly projectDir: string;
  readonly games: readonly Game[];
  /** Left out where models are not chosen by name. */
  readonly modelProblems?: FindModelProblems;
  /** Offered beside those that a file configures. */
  readonly moreGames: readonly GameEntry[];
  readonly stores: Stores;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Tells what is wrong in data files, which are named as seen from the project. */
export function logProblems(problems: readonly CatalogProblem[], logger: Logger): void {
  for (const problem of problems) {
    if (problem.severity === 'error') logger.error(formatProblem(problem));
    else logger.debug(formatProblem(problem));
  }
}

/**
 * Reads the data files of games and characters: characters into the store, unless that revision has been there before, games into the registry.
 * What is wrong in a file is logged and left out, so that one mistake does not keep the server down.
 */
export async function seed(options: SeedOptions): Promise<GameRegistry> {
  const { projectDir, games, modelProblems, moreGames, stores, clock, logger } = options;
  const catalog = await loadCast({
    gamesDir: path.join(projectDir, 'games'),
    seedsDir: path.join(projectDir, 'seeds'),
    games,
    ...(modelProblems === undefined ? {} : { modelProblems }),
  });
  logProblems(seenFrom(projectDir, catalog.problems), logger);
  await Promise.all(
    catalog.characters.map(async ({ sheet, revision }) => {
      // A revision that was here before has been replaced or retired since, on purpose.
      if ((await stores.characters.find({ hid: sheet.hid, revision })) !== null) return;
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
  const createdAt = clock.now();
  // The key before its player: a start that was cut off in between is completed by the next.
  const known = await stores.accessKeys.findByHash(hash);
  const playerId = known?.playerId ?? randomUUID();
  if (known === null) await issueAdminKey(stores, { keyId: randomUUID(), hash, playerId, createdAt });
  if ((await stores.players.get(playerId)) !== null) return;
  await stores.players.create({
    playerId,
    role: 'admin',
    anonymous: false,
    registration: [],
    createdAt,
    erasedAt: null,
  });
  await stores.audit.append({
    auditId: randomUUID(),
    at: createdAt,
    actorId: 'system',
    action: 'player/admin-created',
    targetId: playerId,
    details: { from: 'ADMIN_KEY' },
  });
}

async function issueAdminKey(
  { accessKeys }: Stores,
  key: Parameters<AccessKeyStore['issue']>[0],
): Promise<void> {
  try {
    await accessKeys.issue(key);
  } catch (cause) {
    // Nobody has the key, yet its hash is taken: it was revoked, and a revoked key stays so.
    if (!(cause instanceof DuplicateRecord)) throw cause;
    const message = 'ADMIN_KEY was revoked. Set another one, made with npx dcs admin keygen, or none.';
    throw new StartError('auth/bad-admin-key', message, { cause });
  }
}
