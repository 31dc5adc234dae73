import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  commandDocument,
  commandMessage,
  commandName,
  createFrameReader,
  replyFrame,
  requestId,
  withDurableMajority,
} from './wire.ts';

describe('messages of the wire protocol', () => {
  it('come out whole and in order however the stream was cut', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 });
    const names = fc.array(fc.constantFrom('ping', 'insert', 'listIndexes'), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(names, cuts, (commands, sizes) => {
        const stream = Buffer.concat(commands.map((name) => commandMessage({ [name]: 1, $db: 'test' })));
        const seen: string[] = [];
        const read = createFrameReader((message) => seen.push(commandName(message)));
        let at = 0;
        for (let turn = 0; at < stream.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          read(stream.subarray(at, at + size));
          at += size;
        }
        expect(seen).toEqual(commands);
      }),
    );
  });

  it.each([0, 15, -1, 48_000_001])('of an impossible length (%i) are refused', (length) => {
    const start = Buffer.alloc(16);
    start.writeInt32LE(length, 0);
    expect(() => createFrameReader(() => undefined)(start)).toThrow('invalid message length');
  });

  it('keep every number type of a command, so that a copied schema stays the same', () => {
    const document = commandDocument(
      commandMessage({ collMod: 'a', validator: { n: { $gt: 5 } }, $db: 'x' }),
    );
    expect(document['collMod']).toBe('a');
    expect(document['validator'].n.$gt.constructor.name).toBe('Int32');
  });

  it('ask for the journal wherever they ask for a majority, and are otherwise untouched', () => {
    const command = { findAndModify: 'a', update: { writeConcern: { w: 'majority' } }, $db: 'x' };
    const asked = commandMessage({ ...command, writeConcern: { w: 'majority', wtimeout: 5 }, lsid: 1 });
    const changed = withDurableMajority(Buffer.concat([asked, Buffer.from('documents')]));
    expect(changed.readInt32LE(0)).toBe(changed.length);
    expect(changed.toString('latin1', changed.length - 9)).toBe('documents');
    const { w, j, wtimeout } = commandDocument(changed)['writeConcern'];
    expect([Number(w), j, wtimeout]).toEqual([1, true, undefined]);
    expect(commandDocument(changed)).toMatchObject({ ...command, lsid: expect.anything() });

    for (const concern of [{ w: 1, j: true }, { w: 0 }, undefined]) {
      const message = commandMessage(concern ? { ...command, writeConcern: concern } : command);
      expect(withDurableMajority(message)).toEqual(message);
    }
  });

  it('have no command name when they are of another kind or cut short', () => {
    expect(commandName(Buffer.alloc(16))).toBe('');
    const query = commandMessage({ hello: 1 });
    query.writeInt32LE(2004, 12);
    expect(commandName(query)).toBe('');
  });

  it('are answered under the id they were asked with', () => {
    const reply = replyFrame(Buffer.from([5, 0, 0, 0, 0]), { requestId: 77, replyId: 3, legacy: false });
    expect([reply.readInt32LE(0), requestId(reply), reply.readInt32LE(8)]).toEqual([reply.length, 3, 77]);
  });
});
