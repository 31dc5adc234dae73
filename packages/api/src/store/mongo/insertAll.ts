import { MongoBulkWriteError, MongoServerError } from 'mongodb';
import type { Collection, Document, OptionalUnlessRequiredId } from 'mongodb';
import type { Faults } from '../gatherWrites.ts';
import { mapMongoError } from './mongoErrors.ts';

const NO_FAULTS: Faults = new Map();

/** Inserts each document for itself: what is refused holds up none of the others. Rejects when the outcome is unknown. */
export async function insertAll<Schema extends Document>(
  collection: Collection<Schema>,
  documents: readonly OptionalUnlessRequiredId<Schema>[],
): Promise<Faults> {
  try {
    await collection.insertMany(documents, { ordered: false });
    return NO_FAULTS;
  } catch (error) {
    const mapped = mapMongoError(error);
    if (mapped !== error || !(error instanceof MongoBulkWriteError)) throw mapped;
    const refused = [error.writeErrors].flat();
    return new Map(
      refused.map(({ index, code, errmsg = 'refused' }) => [
        index,
        new MongoServerError({ code, message: errmsg }),
      ]),
    );
  }
}
