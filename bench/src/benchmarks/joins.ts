import { createExperimentManager, standingOf } from '@dcs/engine';
import { createMemoryExperimentLog } from '../../../packages/api/src/store/memory/experimentLog.ts';
import type { Measured } from '../report/measures.ts';
import { summariseLatencies } from '../report/statistics.ts';
import type { Study } from './studies.ts';

/** How many more join and look, beside those who are there already. */
const MEASURED = 200;

/**
 * What deciding takes on a server when somebody joins an experiment with many others in it and answers what is asked first,
 * and when they look at it. The log is in memory: the disk and the wire are what `turns` is about.
 */
export async function measureJoins(study: Study, participants: number): Promise<readonly Measured[]> {
  const planned = study.plan();
  const { name } = planned.plan;
  let now = Date.UTC(2030, 0, 1);
  const manager = createExperimentManager({
    log: createMemoryExperimentLog(),
    planned: () => Promise.resolve(planned),
    turnsOf: () => 0,
    clock: { now: () => (now += 1000) },
    onFault: (fault) => {
      throw fault;
    },
  });
  const join = async (index: number): Promise<void> => {
    const participantId = `p${index}`;
    await manager.run(name, { type: 'join', participantId, kind: 'human' });
    const forms = [{ submissionId: participantId, form: 'background', version: 1, expertise: [] }];
    await manager.run(name, { type: 'submitForms', participantId, groupId: 'before-all-assignments', forms });
  };
  for (let index = 0; index < participants; index++) await join(index);
  const joins: number[] = [];
  const looks: number[] = [];
  for (let index = participants; index < participants + MEASURED; index++) {
    const startedAt = performance.now();
    await join(index);
    const joinedAt = performance.now();
    const moment = await manager.present(name);
    const standing = moment === null ? null : standingOf(moment, `p${index}`);
    if (standing === null || standing.current === null) throw new Error('Whoever joined was given nothing.');
    joins.push(joinedAt - startedAt);
    looks.push(performance.now() - joinedAt);
  }
  await manager.shutDown();
  return [summariseLatencies(joins), summariseLatencies(looks)];
}
