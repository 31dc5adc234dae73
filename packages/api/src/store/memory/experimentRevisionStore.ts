import { MOST_EXPERIMENT_REVISIONS } from '../ports.ts';
import type { ExperimentRevision, ExperimentRevisionStore } from '../ports.ts';
import { newestFirst } from './newestFirst.ts';

const placeOf = ({ at, revision }: ExperimentRevision) => ({ at, id: revision });

/** Configurations of experiments that end with the process. */
export function createMemoryExperimentRevisionStore(): ExperimentRevisionStore {
  const kept = new Map<string, Map<string, ExperimentRevision>>();
  return {
    async put(revision) {
      const own = kept.get(revision.experiment) ?? new Map<string, ExperimentRevision>();
      const first = own.get(revision.revision) ?? structuredClone(revision);
      kept.set(revision.experiment, own.set(revision.revision, first));
      return structuredClone(first);
    },
    async get(experiment, revision) {
      return structuredClone(kept.get(experiment)?.get(revision) ?? null);
    },
    async list(experiment) {
      const own = [...(kept.get(experiment)?.values() ?? [])];
      const page = { limit: MOST_EXPERIMENT_REVISIONS, before: undefined };
      return structuredClone(newestFirst(own, placeOf, page));
    },
    async experiments() {
      return [...kept.keys()].toSorted();
    },
  };
}
