import path from 'node:path';
import { DatabaseError, OTHER_DATABASES } from './databaseError.ts';
import type { DatabaseLogger } from './databaseLogger.ts';
import { startEmbeddedDatabase } from './embeddedDatabase.ts';

/** A MongoDB that the program may use; nothing but `describe` tells which kind it is. */
export type Database = {
  /** Address for the `mongodb` driver. */
  url: string;
  kind: 'external' | 'embedded';
  /** For people and logs; never a password. */
  describe(): string;
  /** Resolves with the failure when the database ends without having been stopped; never for an external one. */
  failed: Promise<DatabaseError>;
  /** Close clients first; ends the embedded engine cleanly. Safe to call again. */
  stop(): Promise<void>;
};

export type DatabaseOptions = { databaseUrl?: string | undefined; dataDir: string; logger: DatabaseLogger };

/** The database to use: `databaseUrl` when there is one, else the embedded engine on `dataDir`/mongo. */
export async function openDatabase({ databaseUrl, dataDir, logger }: DatabaseOptions): Promise<Database> {
  if (databaseUrl) return externalDatabase(databaseUrl);
  const folder = path.join(dataDir, 'mongo');
  const embedded = await startEmbeddedDatabase({ dataDir: folder, logger });
  return {
    url: embedded.url,
    kind: 'embedded',
    describe: () => `the embedded database in ${folder}`,
    failed: new Promise((resolve) => {
      void embedded.exited.then((error) => error && resolve(error));
    }),
    stop: () => embedded.stop(),
  };
}

function externalDatabase(url: string): Database {
  const match = /^mongodb(?:\+srv)?:\/\/(?:[^@/]*@)?([^@/?]+)(?:[/?]|$)/.exec(url);
  if (!match?.[1]) {
    throw new DatabaseError(
      'database/bad-url',
      `DATABASE_URL must start with mongodb:// or mongodb+srv:// and name a host.\n${OTHER_DATABASES}`,
    );
  }
  const host = match[1];
  return {
    url,
    kind: 'external',
    describe: () => `MongoDB at ${host}`,
    failed: new Promise(() => undefined),
    stop: () => Promise.resolve(),
  };
}
