import type { Db, Document } from 'mongodb';
import { z } from 'zod';
import { StoreUnavailable } from '../storeErrors.ts';
import { guarded } from './mongoErrors.ts';

/** A document that the server did not take, by its place among those that were sent. */
export interface RefusedDocument {
  readonly index: number;
  readonly code: number;
  readonly errmsg: string;
}

const answerSchema = z.object({
  writeErrors: z.array(z.object({ index: z.int().min(0), code: z.int(), errmsg: z.string() })).default([]),
  writeConcernError: z.unknown().optional(),
});

interface InsertOptions {
  /** Whether to stop at the first that is refused. */
  readonly ordered: boolean;
}

/** Resolves with what was refused when all the rest is durable. Rejects when that is not known, or nothing was taken. */
export type Insert<Schema extends Document> = (
  documents: readonly Schema[],
  options: InsertOptions,
) => Promise<readonly RefusedDocument[]>;

/**
 * Writes through one `insert` command. The driver's own way serialises every document twice, and wraps whatever goes
 * wrong in the same exception as a refusal: what nobody had written was once taken for written.
 */
export function createInsert<Schema extends Document>(db: Db, collectionName: string): Insert<Schema> {
  const { w = 'majority', wtimeoutMS: wtimeout } = db.writeConcern ?? {};
  const writeConcern = { w, j: true, ...(wtimeout === undefined ? {} : { wtimeout }) };
  return async (documents, { ordered }) => {
    const command = { insert: collectionName, documents, ordered, writeConcern };
    const answer = answerSchema.parse(await guarded(() => db.command(command)));
    if (answer.writeConcernError !== undefined) throw new StoreUnavailable(answer.writeConcernError);
    return answer.writeErrors;
  };
}
