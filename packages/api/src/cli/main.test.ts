import { spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { hashAccessKey } from '../security/index.ts';
import { sampleSheet } from '../store/contract/samples.ts';
import { openMongoStores } from '../store/mongo/connect.ts';

/* The command line as a process of its own, on a real database. */

const MAIN = path.join(import.meta.dirname, 'main.ts');

let root = '';
beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'dcs-cli-'));
  await mkdir(path.join(root, 'characters'));
  await writeFile(path.join(root, 'characters', 'OAK.json'), JSON.stringify(sampleSheet('OAK')));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Runs in an empty environment, away from the project. */
function start(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]).then(
    ([[exitCode], out, err]) => ({ exitCode: Number(exitCode), out, err }),
  );
  return { child, ended };
}

const run = (args: readonly string[], env?: Record<string, string>) => start(args, env).ended;

/** The address of a database of this file alone. */
function databaseUrl(name: string): string {
  const [address = '', query] = inject('databaseUrl').split('?');
  return `${address.replace(/\/$/, '')}/${name}${query === undefined ? '' : `?${query}`}`;
}

describe('dcs as a process', () => {
  it('checks the data files of the project wherever it is called', async () => {
    const { exitCode, out, err } = await run(['check', '--json']);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ ok: true, errors: 0 });
  });

  it('ends quietly when its reader goes away', async () => {
    const child = spawn(process.execPath, [MAIN, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    expect(await text(child.stderr)).toBe('');
  });

  it('exits with 2 when it is used wrongly', async () => {
    expect(await run(['serve'])).toMatchObject({ exitCode: 2, out: '' });
  });

  it('names every problem of the environment at once, and no secret', async () => {
    const env = { PORT: 'http', LOG_LEVEL: 'loud', DATABASE_URL: 'postgres://ada:hunter2@host' };
    const { exitCode, out, err } = await run(['admin', 'seed', root], env);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    for (const name of ['PORT', 'LOG_LEVEL', 'DATABASE_URL']) expect(err).toContain(name);
    expect(err).not.toContain('hunter2');
    expect(err).not.toContain('env.ts');
  });

  it('seeds a MongoDB once, and makes an admin whose key is found in it', async () => {
    const url = databaseUrl('cliMain');
    const env = { DATABASE_URL: url, DATA_DIR: path.join(root, 'data') };
    const first = await run(['admin', 'seed', '.', '--json'], env);
    expect(first).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(first.out)).toMatchObject({ created: ['OAK'], unchanged: [] });
    const second = await run(['admin', 'seed', 'characters', '--json'], env);
    expect(JSON.parse(second.out)).toMatchObject({ created: [], unchanged: ['OAK'] });

    const admin = await run(['admin', 'create-admin', '--name', 'Ada', '--json'], env);
    const { accessKey, playerId } = JSON.parse(admin.out);
    const opened = await openMongoStores({ url });
    const { stores } = opened;
    try {
      expect(await stores.accessKeys.findByHash(hashAccessKey(accessKey))).toMatchObject({ playerId });
      expect(await stores.players.get(playerId)).toMatchObject({ role: 'admin' });
      expect(await stores.audit.list({ limit: 9 })).toMatchObject([
        { action: 'player/admin-created', targetId: playerId },
        { action: 'character/created', targetId: 'OAK' },
      ]);
    } finally {
      await opened.close();
    }
    expect(await readFile(path.join(root, 'data', 'pii.key'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
  });

  it('says which database cannot be reached, without the password', async () => {
    const env = { DATABASE_URL: 'mongodb://ada:hunter2@127.0.0.1:9/dcs' };
    const { exitCode, out, err } = await run(['admin', 'seed', '.'], env);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toContain('The database cannot be reached. (connect ECONNREFUSED 127.0.0.1:9)');
    expect(err).not.toContain('hunter2');
  });
});

describe('dcs server as a process', () => {
  /** Resolves with the address once the server says that it runs. */
  async function startServer(args: readonly string[], env?: Record<string, string>) {
    const server = start(['server', '--headless', '--port', '0', ...args], env);
    for await (const [chunk] of on(server.child.stdout, 'data', { close: ['end'] })) {
      const url = /running at (http:\S+)/.exec(String(chunk))?.[1];
      if (url !== undefined) return { ...server, url };
    }
    throw new Error(`The server did not start: ${(await server.ended).err}`);
  }

  it('answers, keeps nothing in memory, and stops on SIGTERM with 0', async () => {
    const { child, ended, url } = await startServer(['--in-memory']);
    expect(await (await fetch(`${url}/healthz`)).json()).toMatchObject({ status: 'ok' });
    child.kill('SIGTERM');
    const { exitCode, out } = await ended;
    expect(exitCode).toBe(0);
    expect(out).toContain('Nothing is kept');
    expect(out).toMatch(/Stopped\.\n$/);
  });

  it('says in one message that its port is taken', async () => {
    const { child, ended, url } = await startServer(['--in-memory']);
    const { port } = new URL(url);
    const second = await run(['server', '--in-memory', '--headless', '--port', port]);
    expect(second).toMatchObject({
      exitCode: 1,
      out: '',
      err: expect.stringContaining(`Port ${port} is in use.`),
    });
    expect(second.err.trimEnd().split('\n')).toHaveLength(1);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ exitCode: 0 });
  });

  it(
    'knows the admin made before it started, and keeps the database to itself',
    { timeout: 120_000 },
    async () => {
      const made = await run(['admin', 'create-admin', '--name', 'Ada', '--data-dir', 'own', '--json']);
      const { accessKey } = JSON.parse(made.out);
      const { child, ended, url } = await startServer(['--data-dir', 'own']);
      try {
        const headers = { authorization: `Bearer ${accessKey}` };
        const me = await (await fetch(`${url}/trpc/players.me`, { headers })).json();
        expect(me).toMatchObject({ result: { data: { json: { fullName: 'Ada', role: 'admin' } } } });

        const { exitCode, out, err } = await run(['admin', 'seed', '.', '--data-dir', 'own']);
        expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
        expect(err).toContain(`It is process ${child.pid}.`);
        expect(err).toContain('stop it, run this command again');
      } finally {
        child.kill('SIGTERM');
      }
      expect(await ended).toMatchObject({ exitCode: 0 });
      const seeded = await run(['admin', 'seed', '.', '--data-dir', 'own']);
      expect(seeded).toMatchObject({ exitCode: 0, out: expect.stringContaining('1 created: OAK') });
    },
  );
});
