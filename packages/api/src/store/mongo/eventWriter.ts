import { SequenceConflict } from '@dcs/engine';
import type { SessionEvent } from '@dcs/engine';
import { ObjectId } from 'mongodb';
import type { Collection, Db } from 'mongodb';
import { z } from 'zod';
import type { BatchWriter, Refusal } from '../groupCommit.ts';
import { StoreUnavailable } from '../storeErrors.ts';
import { toEventDocument } from './eventDocument.ts';
import type { EventDocument } from './eventDocument.ts';
import { DUPLICATE_KEY, guarded } from './mongoErrors.ts';

/** An event with the driver's key, by which it is recognised when it is written again. */
export interface KeyedEventDocument extends EventDocument {
  readonly _id: ObjectId;
}

/** What the server answers to an `insert`. In an ordered batch there is at most one refused place: it stops there. */
const answerSchema = z.object({
  writeErrors: z.array(z.object({ index: z.int().min(0), code: z.int(), errmsg: z.string() })).default([]),
  writeConcernError: z.unknown().optional(),
});

function refusalOf(
  { sessionId, seq }: SessionEvent,
  { code, errmsg }: { readonly code: number; readonly errmsg: string },
): Error {
  const cause = new Error(errmsg);
  return code === DUPLICATE_KEY
    ? new SequenceConflict(sessionId, seq, { cause })
    : new Error(`The database refused event ${seq} of session ${sessionId}.`, { cause });
}

/**
 * Writes events through one `insert` command: the driver's bulk interface serialises every document twice and answers
 * with exceptions.
 */
export function createEventWriter(
  db: Db,
  collection: Collection<KeyedEventDocument>,
): BatchWriter<KeyedEventDocument> {
  const { w = 'majority', wtimeoutMS: wtimeout } = db.writeConcern ?? {};
  const writeConcern = { w, j: true, ...(wtimeout === undefined ? {} : { wtimeout }) };

  async function insert(documents: readonly KeyedEventDocument[]): Promise<Refusal | null> {
    const command = { insert: collection.collectionName, documents, ordered: true, writeConcern };
    const answer = answerSchema.parse(await guarded(() => db.command(command)));
    if (answer.writeConcernError !== undefined) throw new StoreUnavailable(answer.writeConcernError);
    const [refused] = answer.writeErrors;
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
