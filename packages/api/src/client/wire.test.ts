import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMessage, encodeRequest } from './wire.ts';

describe('decodeMessage', () => {
  it('reads what the server says', () => {
    const data = { id: 3, result: { type: 'data', data: { json: { a: 1 } } } };
    expect(decodeMessage(JSON.stringify(data))).toEqual({
      type: 'data',
      id: 3,
      data: { a: 1 },
      eventId: undefined,
    });
    const tracked = { id: 3, result: { type: 'data', id: '7', data: { json: { id: '7', data: 1 } } } };
    expect(decodeMessage(JSON.stringify(tracked))).toMatchObject({
      eventId: '7',
      data: { id: '7', data: 1 },
    });
    expect(decodeMessage('{"id":3,"result":{"type":"stopped"}}')).toEqual({ type: 'stopped', id: 3 });
    expect(decodeMessage('{"id":null,"method":"reconnect"}')).toEqual({ type: 'reconnect' });
  });

  it.each([
    '',
    'null',
    '7',
    '[]',
    '{}',
    '{"id":"x"}',
    '{"id":1}',
    '{"id":1,"result":7}',
    '{"id":1,"error":{"json":{}}}',
  ])('makes nothing of %s', (text) => {
    expect(decodeMessage(text)).toBeNull();
  });

  it('never throws, whatever arrives', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(() => decodeMessage(text)).not.toThrow();
      }),
    );
  });
});

describe('encodeRequest', () => {
  it('sends the last id only when there is one', () => {
    const request = {
      id: 1,
      type: 'subscription',
      path: 'play.events',
      input: {},
      lastEventId: undefined,
    } as const;
    expect(encodeRequest(request)).not.toContain('lastEventId');
    expect(JSON.parse(encodeRequest({ ...request, lastEventId: '7' }))).toMatchObject({
      params: { lastEventId: '7' },
    });
  });
});
