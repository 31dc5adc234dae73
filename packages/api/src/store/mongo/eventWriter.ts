import { SequenceConflict } from '@dcs/engine';
import type { SessionEvent } from '@dcs/engine';
import { ObjectId } from 'mongodb';
import type { Collection, Db } from 'mongodb';
import type { BatchWriter, Refusal } from '../groupCommit.ts';
import { StoreUnavailable } from '../storeErrors.ts';
import { toEventDocument } from './eventDocument.ts';
import type { EventDocument } from './eventDocument.ts';
import { createInsert } from './insertCommand.ts';
import type { RefusedDocument } from './insertCommand.ts';
import { DUPLICATE_KEY, guarded } from './mongoErrors.ts';

/** An event with the driver's key, by which it is recognised when it is written again. */
export interface KeyedEventDocument extends EventDocument {
  readonly _id: ObjectId;
}

function refusalOf({ sessionId, seq }: SessionEvent, { code, errmsg }: RefusedDocument): Error {
  const cause = new Error(errmsg);
  return code === DUPLICATE_KEY
    ? new SequenceConflict(sessionId, seq, { cause })
    : new Error(`The database refused event ${seq} of session ${sessionId}.`, { cause });
}

export function createEventWriter(
  db: Db,
  collection: Collection<KeyedEventDocument>,
): BatchWriter<KeyedEventDocument> {
  const insertDocuments = createInsert<KeyedEventDocument>(db, collection.collectionName);

  /** In an ordered batch there is at most one refused place: it stops there. */
  async function insert(documents: readonly KeyedEventDocument[]): Promise<Refusal | null> {
    const [refused] = await insertDocuments(documents, { ordered: true });
    return refused === undefined
      ? null
      : { index: refused.index, error: (event) => refusalOf(event, refused) };
  }

  async function writtenAlready(documents: readonly KeyedEventDocument[]): Promise<number> {
    const ids = documents.map(({ _id }) => _id);
    const found = await guarded(() =>
      collection.find({ _id: { $in: ids } }, { projection: { _id: 1 } }).toArray(),
    );
    return found.length;
  }

  /** An ordered batch that was cut short has left a prefix. */
  async function insertAgain(documents: readonly KeyedEventDocument[]): Promise<Refusal | null> {
    const written = await writtenAlready(documents);
    // With nothing left to write, the last one is refused, and the refusal confirms what stands before it.
    const from = Math.min(written, documents.length - 1);
    const refusal = await insert(documents.slice(from));
    if (refusal === null || (written === documents.length && refusal.index === 0)) return null;
    return { ...refusal, index: from + refusal.index };
  }

  return {
    prepare: (event) => ({ _id: new ObjectId(), ...toEventDocument(event) }),
    write: (documents, { isRepeat }) => (isRepeat ? insertAgain(documents) : insert(documents)),
    isPassing: (fault) => fault instanceof StoreUnavailable,
  };
}
