import type { Db } from 'mongodb';
import type { Models } from '../../../../../prisma/contract.d.ts';
import { MOST_EXPERIMENT_REVISIONS } from '../ports.ts';
import type { ExperimentRevision, ExperimentRevisionStore } from '../ports.ts';
import { guarded } from './mongoErrors.ts';
import { upserting } from './upserting.ts';

type RevisionDocument = Omit<Models.unbound_ExperimentRevision, '_id'>;

const WITHOUT_ID = { projection: { _id: 0 } } as const;

function fromDocument({ experiment, revision, at, ...texts }: RevisionDocument): ExperimentRevision {
  return {
    experiment,
    revision,
    config: JSON.parse(texts.configJson),
    dependencies: JSON.parse(texts.dependenciesJson ?? 'null'),
    at: at.getTime(),
  };
}

/** Configurations of experiments in MongoDB. */
export function createMongoExperimentRevisionStore(db: Db): ExperimentRevisionStore {
  const documents = db.collection<RevisionDocument>('experimentRevisions');
  return {
    async put({ experiment, revision, config, dependencies, at }) {
      const fields = {
        configJson: JSON.stringify(config),
        ...(dependencies === null ? {} : { dependenciesJson: JSON.stringify(dependencies) }),
        at: new Date(at),
      };
      const kept = await upserting(() =>
        documents.findOneAndUpdate(
          { experiment, revision },
          { $setOnInsert: fields },
          { ...WITHOUT_ID, upsert: true, returnDocument: 'after' },
        ),
      );
      if (kept === null) throw new Error(`Revision ${revision} of ${experiment} was not kept.`);
      return fromDocument(kept);
    },
    async get(experiment, revision) {
      const found = await guarded(() => documents.findOne({ experiment, revision }, WITHOUT_ID));
      return found === null ? null : fromDocument(found);
    },
    async list(experiment) {
      const page = {
        ...WITHOUT_ID,
        sort: { at: -1, revision: -1 },
        limit: MOST_EXPERIMENT_REVISIONS,
      } as const;
      return (await guarded(() => documents.find({ experiment }, page).toArray())).map(fromDocument);
    },
    async experiments() {
      return (await guarded(() => documents.distinct('experiment'))).toSorted();
    },
  };
}
