import path from 'node:path';
import { DatabaseError } from '../database/databaseError.ts';
import { openDatabase } from '../database/databaseSource.ts';
import type { Database } from '../database/databaseSource.ts';
import type { Env } from '../env.ts';
import {
  createPersonalData,
  createSealer,
  loadPersonalDataKeys,
  PERSONAL_DATA_KEY_FILE,
} from '../security/index.ts';
import { CliFailure } from './cliFailure.ts';
import type { DatabaseFlags, OpenData } from './openData.ts';
import { readSettings } from './settings.ts';

/** Remarks of the embedded database, such as that it has to be fetched first, are no result of a command. */
const logger = {
  info: (message: string) => process.stderr.write(`${message}\n`),
  warn: (message: string) => process.stderr.write(`${message}\n`),
};

/** Opens the database that the server uses, too. Rejects with a failure that says what to do. */
export async function openData(flags: DatabaseFlags): Promise<OpenData> {
  const settings = readSettings(flags);
  const mongo = import('../store/mongo/connect.ts'); // slow to load: meanwhile the database starts
  const database = await openSource(settings);
  const { openMongoStores } = await mongo;
  const store = await openMongoStores({ url: database.url }).catch(async (error: unknown) => {
    await database.stop();
    throw error;
  });
  return {
    stores: store.stores,
    where: database.describe(),
    personalData: async () => {
      const piiKey = settings.PII_KEY ?? undefined;
      const keys = await loadPersonalDataKeys({
        piiKey,
        keyFile: path.join(settings.DATA_DIR, PERSONAL_DATA_KEY_FILE),
      });
      const clock = { now: () => Date.now() };
      return createPersonalData({ store: store.stores.personalData, sealer: createSealer(keys), clock });
    },
    async [Symbol.asyncDispose]() {
      await store.close();
      await database.stop();
    },
  };
}

async function openSource({ DATABASE_URL, DATA_DIR }: Env): Promise<Database> {
  try {
    return await openDatabase({ databaseUrl: DATABASE_URL ?? undefined, dataDir: DATA_DIR, logger });
  } catch (cause) {
    if (!(cause instanceof DatabaseError) || cause.reason !== 'database/in-use') throw cause;
    const [first = ''] = cause.message.split('\n');
    throw new CliFailure(
      `${first}\nIf that is the server, stop it, run this command again, and start it again. The embedded database ` +
        'serves one process at a time; with a MongoDB (DATABASE_URL) the server may go on running.',
      { cause },
    );
  }
}
