import { createMemoryStores } from './store/memory/stores.ts';
import { openDatabase } from './database/databaseSource.ts';
import type { Env } from './env.ts';
import type { Logger } from './logger.ts';
import type { GroupCommitMeter } from './store/groupCommit.ts';
import type { Stores } from './store/ports.ts';

/** Where things are kept, opened. */
export interface Storage {
  readonly kind: 'memory' | 'durable';
  readonly stores: Stores;
  /** For people; never a password. */
  readonly describe: () => string;
  /** Rejects when the database does not answer. */
  readonly ping: () => Promise<void>;
  /** Resolves with the failure when the database ends unasked; never for one that is not ours. */
  readonly failed: Promise<Error>;
  close(): Promise<void>;
}

/** Nothing is kept. */
export function openMemoryStorage(): Storage {
  return {
    kind: 'memory',
    stores: createMemoryStores(),
    describe: () => 'memory; nothing is kept when the server stops',
    ping: () => Promise.resolve(),
    failed: new Promise(() => undefined),
    close: () => Promise.resolve(),
  };
}

/** The database that the settings name, or the embedded one. Rejects with DatabaseError or StoreUnavailable. */
export async function openDurableStorage(
  env: Pick<Env, 'DATABASE_URL' | 'DATA_DIR'>,
  { logger, commits }: { readonly logger: Logger; readonly commits: GroupCommitMeter },
): Promise<Storage> {
  // Half a second of imports, done while the database starts; a server in memory does without.
  const mongo = import('./store/mongo/connect.ts');
  const database = await openDatabase({
    databaseUrl: env.DATABASE_URL ?? undefined,
    dataDir: env.DATA_DIR,
    logger: { info: (message) => logger.info(message), warn: (message) => logger.warn(message) },
  });
  try {
    const { openMongoStores } = await mongo;
    const { stores, ping, close, giveUp } = await openMongoStores({ url: database.url, commits });
    // Else everyone would wait for it to come back, and the server could not stop before they have given up.
    database.failed.then(giveUp).catch((fault: unknown) => {
      logger.warn({ err: fault }, 'The connections to the database could not be closed.');
    });
    return {
      kind: 'durable',
      stores,
      describe: () => database.describe(),
      ping,
      failed: database.failed,
      close: async () => {
        await close();
        await database.stop();
      },
    };
  } catch (cause) {
    await database.stop();
    throw cause;
  }
}
