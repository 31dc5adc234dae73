import type { ExperimentLog, SessionLog, SnapshotStore } from '@dcs/engine';
import type { AuditLog } from './audit.ts';
import type { CharacterCatalogue } from './characters.ts';
import type { ExperimentRevisionStore } from './experiments.ts';
import type { FormStore } from './forms.ts';
import type { HistoryStore } from './history.ts';
import type { ModelCallStore } from './modelCalls.ts';
import type { AccessKeyStore, PersonalDataStore, PlayerStore } from './people.ts';
import type { SessionCatalogue } from './sessions.ts';

/** Everything that is kept, behind one value; see createMemoryStores and openMongoStores. */
export interface Stores {
  readonly log: SessionLog;
  readonly sessions: SessionCatalogue;
  readonly snapshots: SnapshotStore;
  readonly history: HistoryStore;
  readonly characters: CharacterCatalogue;
  readonly players: PlayerStore;
  readonly personalData: PersonalDataStore;
  readonly accessKeys: AccessKeyStore;
  readonly audit: AuditLog;
  readonly modelCalls: ModelCallStore;
  readonly experimentLog: ExperimentLog;
  readonly experimentRevisions: ExperimentRevisionStore;
  readonly forms: FormStore;
}
