import { markPersisted, SequenceConflict } from '@dcs/engine';
import type { ExperimentEvent, ExperimentLog } from '@dcs/engine';
import { assertOneRun } from '../oneRun.ts';

/** Logs of experiments that end with the process. Copies keep callers from changing what was recorded. */
export function createMemoryExperimentLog(): ExperimentLog {
  const logs = new Map<string, ExperimentEvent[]>();
  return {
    async append(events) {
      assertOneRun(events, ({ experiment }) => experiment);
      const [first] = events;
      if (first === undefined) return [];
      const log = logs.get(first.experiment) ?? [];
      const next = log.length + 1;
      if (first.seq < next) throw new SequenceConflict(first.experiment, first.seq);
      if (first.seq > next) {
        throw new RangeError(`${first.experiment} has no event ${next}, so ${first.seq} cannot follow.`);
      }
      log.push(...structuredClone(events));
      logs.set(first.experiment, log);
      return events.map((event) => markPersisted(event));
    },
    async read(experiment, afterSeq, limit) {
      const from = Math.max(0, afterSeq);
      const found = (logs.get(experiment) ?? []).slice(from, from + Math.max(0, limit));
      return structuredClone(found).map((event) => markPersisted(event));
    },
  };
}
