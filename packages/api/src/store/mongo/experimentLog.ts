import { markPersisted, SequenceConflict } from '@dcs/engine';
import type { ExperimentEvent, ExperimentLog } from '@dcs/engine';
import { ObjectId } from 'mongodb';
import type { Db } from 'mongodb';
import type { Models } from '../../../../../prisma/contract.d.ts';
import { assertOneRun } from '../oneRun.ts';
import { StoreUnavailable } from '../storeErrors.ts';
import { createInsert } from './insertCommand.ts';
import { DUPLICATE_KEY, guarded } from './mongoErrors.ts';

/** What was appended at once; by the driver's key it is recognised when it is written again. */
type AppendDocument = Omit<Models.unbound_ExperimentAppend, '_id'> & { readonly _id: ObjectId };

/** Whether a document was written, or one with its numbers was there before it. */
type Outcome = { readonly written: true } | { readonly written: false; readonly cause: Error };

function toDocument(events: readonly ExperimentEvent[], { experiment }: ExperimentEvent): AppendDocument {
  const seqs = events.map(({ seq }) => seq);
  const eventsJson = events.map((event) => JSON.stringify(event));
  return { _id: new ObjectId(), experiment, seqs, lastSeq: seqs.at(-1) ?? 0, eventsJson };
}

const parseEvent = (json: string): ExperimentEvent => JSON.parse(json);

/**
 * Logs of experiments in MongoDB: a document for each append, so that all of it is there or none, and a unique index
 * over the numbers in it, so that no two appends share one.
 */
export function createMongoExperimentLog(db: Db): ExperimentLog {
  const documents = db.collection<AppendDocument>('experimentEvents');
  const insertDocuments = createInsert<AppendDocument>(db, documents.collectionName);

  async function insert(document: AppendDocument): Promise<Outcome> {
    const [refused] = await insertDocuments([document], { ordered: true });
    if (refused === undefined) return { written: true };
    const cause = new Error(refused.errmsg);
    if (refused.code === DUPLICATE_KEY) return { written: false, cause };
    throw new Error(`The database refused event ${document.lastSeq} of ${document.experiment}.`, { cause });
  }

  /** After an attempt of unknown outcome: what was written then is refused now, which also confirms it. */
  async function insertAgain(document: AppendDocument): Promise<Outcome> {
    const outcome = await insert(document);
    if (outcome.written) return outcome;
    const { _id } = document;
    const own = await guarded(() => documents.findOne({ _id }, { projection: { _id: 1 } }));
    return own === null ? outcome : { written: true };
  }

  async function write(document: AppendDocument): Promise<Outcome> {
    try {
      return await insert(document);
    } catch (fault) {
      if (!(fault instanceof StoreUnavailable)) throw fault;
      return insertAgain(document);
    }
  }

  return {
    async append(events) {
      assertOneRun(events, ({ experiment }) => experiment);
      const [first] = events;
      if (first === undefined) return [];
      const outcome = await write(toDocument(events, first));
      if (!outcome.written) throw new SequenceConflict(first.experiment, first.seq, { cause: outcome.cause });
      return events.map((event) => markPersisted(event));
    },
    async read(experiment, afterSeq, limit) {
      if (limit < 1) return [];
      const query = { experiment, lastSeq: { $gt: afterSeq } };
      const found = documents.find(query, {
        projection: { _id: 0, eventsJson: 1 },
        sort: { lastSeq: 1 },
        limit,
      });
      return (await guarded(() => found.toArray()))
        .flatMap(({ eventsJson }) => eventsJson.map(parseEvent))
        .filter(({ seq }) => seq > afterSeq)
        .slice(0, limit)
        .map((event) => markPersisted(event));
    },
  };
}
