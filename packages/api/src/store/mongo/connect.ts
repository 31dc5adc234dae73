import type { SessionLog } from '@dcs/engine';
import { MongoClient } from 'mongodb';
import { createCachedCatalogue } from '../cachedCatalogue.ts';
import type { GroupCommitMeter } from '../groupCommit.ts';
import type { Stores } from '../ports.ts';
import { dbNameIn, withoutDurability } from './address.ts';
import { createMongoAccessKeyStore } from './accessKeyStore.ts';
import { createMongoAuditLog } from './auditLog.ts';
import { createMongoCharacterCatalogue } from './characterCatalogue.ts';
import { durableWrites } from './durability.ts';
import { createMongoExperimentLog } from './experimentLog.ts';
import { createMongoExperimentRevisionStore } from './experimentRevisionStore.ts';
import { createMongoFormStore } from './formStore.ts';
import { createMongoHistoryStore } from './historyStore.ts';
import { guarded } from './mongoErrors.ts';
import { createMongoModelCallStore } from './modelCallStore.ts';
import { createMongoPersonalDataStore } from './personalDataStore.ts';
import { createMongoPlayerStore } from './playerStore.ts';
import { openCollections } from './prismaClient.ts';
import { ensureSchema } from './schema.ts';
import { createMongoSessionLog } from './sessionLog.ts';
import { createMongoSessionStore } from './sessionStore.ts';
import { createMongoSnapshotStore } from './snapshotStore.ts';

const DEFAULT_DB_NAME = 'dcs';
const PATIENCE_MS = 5_000;
const POOL_SIZE = 32;

export interface MongoOptions {
  readonly url: string;
  readonly dbName?: string;
  /**
   * How long an operation waits for a database that is away, in milliseconds; 5 seconds by default. The driver looks
   * for it twice a second.
   */
  readonly patienceMs?: number;
  /** Told of every batch of events. */
  readonly commits?: GroupCommitMeter;
}

export interface MongoStores {
  readonly stores: Stores;
  /** Resolves when the database answers; rejects with StoreUnavailable when it is away. */
  readonly ping: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** For a database that is gone: whatever waits for it is refused at once, and so is all that comes. */
  readonly giveUp: () => Promise<void>;
}

/**
 * Connects, and creates the collections and indexes that are missing. `dbName` defaults to the one in the address, then
 * to `dcs`. Rejects with StoreUnavailable when the database does not answer.
 */
export async function openMongoStores(options: MongoOptions): Promise<MongoStores> {
  const dbName = options.dbName ?? dbNameIn(options.url) ?? DEFAULT_DB_NAME;
  const patience = options.patienceMs ?? PATIENCE_MS;
  const url = withoutDurability(options.url);
  const waits = {
    serverSelectionTimeoutMS: patience,
    connectTimeoutMS: patience,
    waitQueueTimeoutMS: patience,
  };
  const client = new MongoClient(url, {
    ...waits,
    appName: 'dcs',
    writeConcern: await guarded(() => durableWrites(url, waits)),
    readConcern: { level: 'majority' },
    readPreference: 'primary',
    maxPoolSize: POOL_SIZE,
  });
  try {
    await guarded(() => client.connect());
    await guarded(() => ensureSchema(client.db(dbName)));
  } catch (error) {
    await client.close();
    throw error;
  }
  const log = createMongoSessionLog(client.db(dbName), options.commits);
  return {
    stores: createStores(client, dbName, log),
    ping: async () => {
      await guarded(() => client.db(dbName).command({ ping: 1 }));
    },
    close: async () => {
      await log.idle();
      await client.close();
    },
    giveUp: () => client.close(),
  };
}

function createStores(client: MongoClient, dbName: string, log: SessionLog): Stores {
  const db = client.db(dbName);
  const collections = openCollections(client, dbName);
  return {
    log,
    sessions: createMongoSessionStore(db),
    snapshots: createMongoSnapshotStore(db),
    history: createMongoHistoryStore(db),
    characters: createCachedCatalogue(createMongoCharacterCatalogue(collections)),
    players: createMongoPlayerStore(collections),
    personalData: createMongoPersonalDataStore(collections),
    accessKeys: createMongoAccessKeyStore(collections),
    audit: createMongoAuditLog(collections),
    modelCalls: createMongoModelCallStore(db),
    experimentLog: createMongoExperimentLog(db),
    experimentRevisions: createMongoExperimentRevisionStore(db),
    forms: createMongoFormStore(db),
  };
}
