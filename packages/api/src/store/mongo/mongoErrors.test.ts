import {
  MongoClientClosedError,
  MongoInvalidArgumentError,
  MongoNetworkError,
  MongoNetworkTimeoutError,
  MongoNotConnectedError,
  MongoServerClosedError,
  MongoServerError,
  MongoWriteConcernError,
} from 'mongodb';
import { describe, expect, it } from 'vitest';
import { StoreUnavailable } from '../storeErrors.ts';
import { guarded, isDuplicateKey, mapMongoError } from './mongoErrors.ts';

const answer = (code: number): MongoServerError => new MongoServerError({ message: `code ${code}`, code });

describe("an error of the database's driver", () => {
  it.each([
    ['a lost connection', new MongoNetworkError('connection 1 closed')],
    ['a connection that timed out', new MongoNetworkTimeoutError('timed out')],
    ['a client that was closed', new MongoNotConnectedError('Client must be connected')],
    ['a client that is being closed', new MongoClientClosedError()],
    ['a server that is being given up', new MongoServerClosedError()],
    ['a primary that stepped down', answer(10107)],
    ['a server that shuts down', answer(91)],
    ['a write that no majority confirmed', answer(64)],
    [
      'a write concern that failed',
      new MongoWriteConcernError({ writeConcernError: { code: 64, errmsg: 'waited' }, ok: 1 }),
    ],
  ])('is StoreUnavailable, with its cause, for %s', (_what, error) => {
    const mapped = mapMongoError(error);
    expect(mapped).toBeInstanceOf(StoreUnavailable);
    expect(mapped).toMatchObject({ cause: error });
  });

  it.each([
    ['a document that the validator refuses', answer(121)],
    ['a duplicate key', answer(11000)],
    ['a wrong password', answer(18)],
    ['a wrong argument', new MongoInvalidArgumentError('no documents')],
    ['a fault of the program', new TypeError('x is undefined')],
  ])('passes as it is for %s', (_what, error) => {
    expect(mapMongoError(error)).toBe(error);
  });

  it('tells a duplicate key from other refusals', () => {
    expect(isDuplicateKey(answer(11000))).toBe(true);
    expect(isDuplicateKey(answer(121))).toBe(false);
    expect(isDuplicateKey(new Error('E11000'))).toBe(false);
    expect(isDuplicateKey(null)).toBe(false);
  });

  it('is mapped whether an operation throws it or rejects with it', async () => {
    const lost = new MongoNetworkError('connection 1 closed');
    const thrown = guarded(() => {
      throw lost;
    });
    await expect(thrown).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(guarded(() => Promise.reject(lost))).rejects.toBeInstanceOf(StoreUnavailable);
  });
});
