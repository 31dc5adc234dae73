import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedDatabase, type EmbeddedDatabase } from './embeddedDatabase.ts';

const logger = { info: () => undefined, warn: () => undefined };
let root = '';
let folders = 0;

beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'dcs-db-test-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

function newFolder(): string {
  folders += 1;
  return path.join(root, `nested-${folders}`, 'mongo');
}

async function withClient<T>(
  database: EmbeddedDatabase,
  work: (client: MongoClient) => Promise<T>,
): Promise<T> {
  const client = new MongoClient(database.url, { writeConcern: { w: 'majority', journal: true } });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

async function started<T>(dataDir: string, work: (database: EmbeddedDatabase) => Promise<T>): Promise<T> {
  const database = await startEmbeddedDatabase({ dataDir, logger });
  try {
    return await work(database);
  } finally {
    await database.stop();
  }
}

describe('the embedded database', () => {
  it('makes its folder, answers the driver, and keeps its socket from other users', async () => {
    const dataDir = newFolder();
    await started(dataDir, async (database) => {
      const reply = await withClient(database, (client) => client.db('test').command({ ping: 1 }));
      expect(reply).toEqual({ ok: 1 });
      expect((await stat(path.join(dataDir, 'socket'))).mode & 0o777).toBe(0o700);
    });
  });

  it('stops cleanly, twice if asked, and says that this was no failure', async () => {
    const database = await startEmbeddedDatabase({ dataDir: newFolder(), logger });
    await Promise.all([database.stop(), database.stop()]);
    await expect(database.exited).resolves.toBeNull();
  });

  it('keeps every acknowledged write when its process is killed', async () => {
    const dataDir = newFolder();
    const database = await startEmbeddedDatabase({ dataDir, logger });
    const client = new MongoClient(database.url, {
      writeConcern: { w: 'majority', journal: true },
      serverSelectionTimeoutMS: 500,
    });
    const acknowledged: number[] = [];
    const writer = (async () => {
      for (let n = 0; ; n += 1) {
        await client.db('test').collection('events').insertOne({ n });
        acknowledged.push(n);
        if (n === 200) process.kill(database.pid, 'SIGKILL');
      }
    })();
    await expect(writer).rejects.toThrow();
    await client.close(true);
    await expect(database.exited).resolves.toMatchObject({ reason: 'database/stopped' });

    const kept = await started(dataDir, (again) =>
      withClient(again, (reader) => reader.db('test').collection('events').find().sort({ n: 1 }).toArray()),
    );
    expect(kept.map(({ n }) => n).slice(0, acknowledged.length)).toEqual(acknowledged);
  });

  it('refuses a folder that another program holds, at once and by name', async () => {
    const dataDir = newFolder();
    await started(dataDir, async () => {
      const second = startEmbeddedDatabase({ dataDir, logger });
      await expect(second).rejects.toMatchObject({
        reason: 'database/in-use',
        message: expect.stringContaining(`process ${process.pid}`),
      });
    });
  });

  it('ends when the program it belongs to is killed, so the next one can start right away', async () => {
    const dataDir = newFolder();
    const program = `
      import { startEmbeddedDatabase } from ${JSON.stringify(path.join(import.meta.dirname, 'embeddedDatabase.ts'))};
      const logger = { info() {}, warn() {} };
      const { pid } = await startEmbeddedDatabase({ dataDir: ${JSON.stringify(dataDir)}, logger });
      console.log(pid);
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface({ input: parent.stdout }), 'line');
    parent.kill('SIGKILL');
    await once(parent, 'exit');

    const servicePid = await started(dataDir, (database) => Promise.resolve(database.pid));
    expect(servicePid).not.toBe(Number(line));
  });

  it('says so when its folder cannot be one', async () => {
    const file = path.join(root, 'a-file');
    await writeFile(file, 'in the way');
    for (const dataDir of [file, path.join(file, 'mongo')]) {
      await expect(startEmbeddedDatabase({ dataDir, logger })).rejects.toMatchObject({
        reason: 'database/unwritable',
        message: expect.stringContaining('--in-memory'),
      });
    }
  });

  it('serves from a temporary folder when the path is too long for a socket', async () => {
    const dataDir = path.join(newFolder(), 'x'.repeat(100));
    await started(dataDir, async (database) => {
      expect(decodeURIComponent(database.url)).not.toContain(dataDir);
      await withClient(database, (client) => client.db('test').command({ ping: 1 }));
    });
  });
});
