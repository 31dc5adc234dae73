import { failure } from '@dcs/engine';
import { TRPCError } from '@trpc/server';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ApiError, errorFacts, orThrow, toTrpcError } from './errors.ts';
import { StoreUnavailable } from './store/storeErrors.ts';

const thrownBy = (job: () => unknown): unknown => {
  try {
    return job();
  } catch (error) {
    return error;
  }
};

describe('errorFacts', () => {
  it.each([
    ['session/not-found', 'NOT_FOUND'],
    ['session/closed', 'CONFLICT'],
    ['seat/not-held', 'FORBIDDEN'],
    ['input/empty', 'BAD_REQUEST'],
    ['input/something-of-a-game', 'BAD_REQUEST'],
    ['move/not-your-turn', 'CONFLICT'],
    ['constructor', 'CONFLICT'],
  ])('knows the engine’s refusal %s as %s', (reason, code) => {
    const error = thrownBy(() => orThrow(failure(reason, 'Do this.', true)));
    expect(errorFacts(error)).toMatchObject({
      reason,
      code,
      message: 'Do this.',
      retryable: true,
      unexpected: false,
    });
  });

  it('says nothing of the insides of what nobody foresaw', () => {
    const facts = errorFacts(new TypeError('secret at /home/x.ts:1'));
    expect(facts).toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
      reason: 'server/internal',
      unexpected: true,
    });
    expect(JSON.stringify(facts)).not.toContain('secret');
    const wrapped = new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: new Error('secret') });
    expect(JSON.stringify(errorFacts(wrapped))).not.toContain('secret');
  });

  it.each([null, undefined, 7, 'text', {}])('makes a fault of a thrown %s', (thrown) => {
    expect(errorFacts(thrown).reason).toBe('server/internal');
  });

  it('tells that the database is away, and that nothing was lost', () => {
    const facts = errorFacts(new StoreUnavailable(new Error('ECONNREFUSED 10.0.0.1')));
    expect(facts).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      reason: 'store/unavailable',
      retryable: true,
    });
    expect(facts.message).not.toContain('10.0.0.1');
  });

  it('names the fields of a bad input', () => {
    const error = z.object({ a: z.string() }).safeParse({}).error;
    expect(errorFacts(new TRPCError({ code: 'BAD_REQUEST', cause: error }))).toMatchObject({
      reason: 'request/invalid',
      zodError: { fieldErrors: { a: [expect.any(String)] } },
    });
  });
});

describe('toTrpcError', () => {
  it('keeps the refusal as the cause', () => {
    const refusal = new ApiError('session/closed', 'It has ended.');
    const error = toTrpcError(refusal);
    expect(error).toMatchObject({ code: 'CONFLICT', message: 'It has ended.' });
    expect(error.cause).toBe(refusal);
    expect(toTrpcError(error)).toBe(error);
  });
});
