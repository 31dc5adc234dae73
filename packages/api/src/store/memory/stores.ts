import type { Stores } from '../ports.ts';
import { createMemoryAccessKeyStore } from './accessKeyStore.ts';
import { createMemoryAuditLog } from './auditLog.ts';
import { createMemoryCharacterCatalogue } from './characterCatalogue.ts';
import { createMemoryExperimentLog } from './experimentLog.ts';
import { createMemoryExperimentRevisionStore } from './experimentRevisionStore.ts';
import { createMemoryFormStore } from './formStore.ts';
import { createMemoryHistoryStore } from './historyStore.ts';
import { createMemoryModelCallStore } from './modelCallStore.ts';
import { createMemoryPersonalDataStore } from './personalDataStore.ts';
import { createMemoryPlayerStore } from './playerStore.ts';
import { createMemorySessionLog } from './sessionLog.ts';
import { createMemorySessionStore } from './sessionStore.ts';
import { createMemorySnapshotStore } from './snapshotStore.ts';

/** Stores for tests and for a server that keeps nothing. */
export function createMemoryStores(): Stores {
  return {
    log: createMemorySessionLog(),
    sessions: createMemorySessionStore(),
    snapshots: createMemorySnapshotStore(),
    history: createMemoryHistoryStore(),
    characters: createMemoryCharacterCatalogue(),
    players: createMemoryPlayerStore(),
    personalData: createMemoryPersonalDataStore(),
    accessKeys: createMemoryAccessKeyStore(),
    audit: createMemoryAuditLog(),
    modelCalls: createMemoryModelCallStore(),
    experimentLog: createMemoryExperimentLog(),
    experimentRevisions: createMemoryExperimentRevisionStore(),
    forms: createMemoryFormStore(),
  };
}
