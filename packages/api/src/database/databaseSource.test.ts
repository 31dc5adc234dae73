import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { reasonOf } from './databaseError.ts';
import { openDatabase } from './databaseSource.ts';
import { engineLauncher, hostLibc, isNewEnough } from './newerLibc.ts';

const logger = { info: () => undefined, warn: () => undefined };

describe('the place where data are kept', () => {
  it('is the database at DATABASE_URL when there is one, and its password stays hidden', async () => {
    const databaseUrl = 'mongodb://someone:secret@db.example.org:27017/dcs?tls=true';
    const database = await openDatabase({ databaseUrl, dataDir: '/nowhere', logger });
    expect(database).toMatchObject({ kind: 'external', url: databaseUrl });
    expect(database.describe()).toBe('MongoDB at db.example.org:27017');
    await database.stop();
  });

  it.each(['postgres://localhost/dcs', 'mongodb://', 'localhost:27017', 'mongodb://user:pass@'])(
    'cannot be %s',
    async (databaseUrl) => {
      await expect(openDatabase({ databaseUrl, dataDir: '/nowhere', logger })).rejects.toMatchObject({
        reason: 'database/bad-url',
        message: expect.stringContaining('--in-memory'),
      });
    },
  );
});

describe('failures of the engine', () => {
  it.each([
    ['DBPathInUse: Unable to lock the lock file: /x/mongod.lock', 'database/in-use'],
    ["/lib/libc.so.6: version `GLIBC_2.38' not found", 'database/no-engine'],
    ['write: No space left on device', 'database/disk-full'],
    ['EROFS: read-only file system, mkdir', 'database/unwritable'],
    ['something else', 'database/failed'],
  ])('are told apart: %s', (text, reason) => {
    expect(reasonOf(text)).toBe(reason);
  });
});

describe('the C library the engine needs', () => {
  it.each([
    ['2.36', false],
    ['2.38', true],
    ['2.41', true],
    ['3.0', true],
  ])('%s is new enough: %s', (version, enough) => {
    expect(isNewEnough(version)).toBe(enough);
  });

  it('cannot be kept where nothing can be written, and the message names the folder', async () => {
    const inTheWay = path.join(import.meta.filename, 'cache');
    const outcome = await engineLauncher(logger, [inTheWay]).catch((error: Error) => error.message);
    // A host whose own library is new enough needs no folder at all.
    if (isNewEnough(hostLibc() ?? '0')) expect(outcome).toMatchObject({ args: [] });
    else expect(outcome).toContain(inTheWay);
  });
});
