import {
  MongoBulkWriteError,
  MongoClientClosedError,
  MongoError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerClosedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  MongoWriteConcernError,
} from 'mongodb';
import { StoreUnavailable } from '../storeErrors.ts';

export const DUPLICATE_KEY = 11000;
const NAMESPACE_EXISTS = 48;
const INDEX_NOT_FOUND = 27;

/** Codes of a server that is shutting down, stepping down, or too slow to confirm. */
const UNAVAILABLE_CODES = new Set([
  6, 7, 50, 64, 89, 91, 112, 189, 262, 317, 358, 9001, 10058, 10107, 11600, 11602, 13388, 13435, 13436,
]);

/** Names of errors that the driver throws and does not export: a pool that closed, or that nothing leaves. */
const UNAVAILABLE_NAMES = new Set([
  'MongoPoolClosedError',
  'MongoPoolClearedError',
  'MongoWaitQueueTimeoutError',
]);

/** Whether a unique index refused a write. */
export function isDuplicateKey(error: unknown): error is MongoServerError {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY;
}

export function isNamespaceExists(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === NAMESPACE_EXISTS;
}

export function isIndexNotFound(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === INDEX_NOT_FOUND;
}

function isUnavailable(error: unknown): boolean {
  if (!(error instanceof MongoError)) return false;
  if (error instanceof MongoBulkWriteError) return isBatchUnconfirmed(error);
  return (
    error instanceof MongoNetworkError ||
    error instanceof MongoServerSelectionError ||
    error instanceof MongoNotConnectedError ||
    error instanceof MongoTopologyClosedError ||
    error instanceof MongoClientClosedError ||
    error instanceof MongoServerClosedError ||
    error instanceof MongoOperationTimeoutError ||
    error instanceof MongoWriteConcernError ||
    UNAVAILABLE_NAMES.has(error.name) ||
    (typeof error.code === 'number' && UNAVAILABLE_CODES.has(error.code))
  );
}

/** A batch wraps whatever went wrong, a lost connection too, which then stands where the server's answer should. */
function isBatchUnconfirmed(error: MongoBulkWriteError): boolean {
  const answer: unknown = error.errorResponse;
  if (answer instanceof MongoError) return isUnavailable(answer);
  const codes = [error.code, error.result.getWriteConcernError()?.code];
  return codes.some((code) => typeof code === 'number' && UNAVAILABLE_CODES.has(code));
}

/** The one place where the driver's errors become the store's; what is neither a lost connection nor ours passes. */
export function mapMongoError(error: unknown): unknown {
  return isUnavailable(error) ? new StoreUnavailable(error) : error;
}

/** Runs one operation and maps what it throws. */
export async function guarded<T>(operation: () => PromiseLike<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw mapMongoError(error);
  }
}
