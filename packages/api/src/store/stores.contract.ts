import { afterAll, beforeAll, describe } from 'vitest';
import { describeCatalogue } from './contract/catalogue.ts';
import { describeExperimentLog } from './contract/experimentLog.ts';
import { describeExperimentRevisions } from './contract/experimentRevisions.ts';
import { describeExperimentSessions } from './contract/experimentSessions.ts';
import { describeForms } from './contract/forms.ts';
import { describeHistory } from './contract/history.ts';
import { describeModelCalls } from './contract/modelCalls.ts';
import { describePeople } from './contract/people.ts';
import { describeSessionCare } from './contract/sessionCare.ts';
import { describeSessionLog } from './contract/sessionLog.ts';
import { describeSessionStore } from './contract/sessionStore.ts';
import { describeSnapshotStore } from './contract/snapshotStore.ts';
import type { Stores } from './ports.ts';

export interface OpenedStores {
  readonly stores: Stores;
  readonly close: () => Promise<void>;
}

/** What all adapters have in common. `makeStores` is called once; the tests share what it opens. */
export function describeStores(name: string, makeStores: () => Promise<OpenedStores>): void {
  describe(`stores in ${name}`, () => {
    let opened: OpenedStores | null = null;
    beforeAll(async () => {
      opened = await makeStores();
    });
    afterAll(async () => {
      await opened?.close();
    });
    const open = (): Stores => {
      if (opened === null) throw new Error('The stores are not open.');
      return opened.stores;
    };
    describeSessionLog(() => open().log);
    describeSessionStore(() => open().sessions);
    describeSessionCare(() => open().sessions);
    describeSnapshotStore(() => open().snapshots);
    describeHistory(() => open().history);
    describeModelCalls(() => open().modelCalls);
    describeExperimentLog(() => open().experimentLog);
    describeExperimentRevisions(() => open().experimentRevisions);
    describeExperimentSessions(open);
    describeForms(() => open().forms);
    describePeople(open);
    describeCatalogue(open);
  });
}
