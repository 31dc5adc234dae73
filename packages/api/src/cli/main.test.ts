import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { on, once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, inject, it } from 'vitest';
import { hashAccessKey } from '../security/index.ts';
import { sampleSheet } from '../store/contract/samples.ts';
import { openMongoStores } from '../store/mongo/connect.ts';

/*
 * The command line as a process of its own, on a real database. The tests wait for processes most of their time, so they
 * run side by side, each in a folder of its own.
 */

const MAIN = path.join(import.meta.dirname, 'main.ts');

type Environment = Record<string, string>;

/** A folder away from the project, with one character sheet in it, where commands are called. */
interface Workplace extends AsyncDisposable {
  readonly folder: string;
  readonly start: (args: readonly string[], env?: Environment) => CommandProcess;
  readonly run: (args: readonly string[], env?: Environment) => Promise<Ended>;
}

interface Ended {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

interface CommandProcess {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly ended: Promise<Ended>;
}

async function workplace(): Promise<Workplace> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dcs-cli-'));
  await mkdir(path.join(folder, 'characters'));
  await writeFile(path.join(folder, 'characters', 'OAK.json'), JSON.stringify(sampleSheet('OAK')));
  const start: Workplace['start'] = (args, env = {}) => startIn(folder, args, env);
  return {
    folder,
    start,
    run: (args, env) => start(args, env).ended,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What is passed on from the environment of the tests; nothing else is. */
const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env;

function startIn(folder: string, args: readonly string[], env: Environment): CommandProcess {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: { PATH, HOME, ...(NODE_COMPILE_CACHE === '' ? {} : { NODE_COMPILE_CACHE }), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]).then(
    ([[exitCode], out, err]) => ({ exitCode: Number(exitCode), out, err }),
  );
  return { child, ended };
}

/** The address of a database of this file alone. */
function databaseUrl(name: string): string {
  const [address = '', query] = inject('databaseUrl').split('?');
  return `${address.replace(/\/$/, '')}/${name}${query === undefined ? '' : `?${query}`}`;
}

// Each runs several processes, all of them at once: how long that takes is the machine's affair.
describe.concurrent('dcs as a process', { timeout: 120_000 }, () => {
  it('checks the data files of the project wherever it is called', async () => {
    await using place = await workplace();
    const { exitCode, out, err } = await place.run(['check', '--json']);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ ok: true, errors: 0 });
  });

  it('ends quietly when its reader goes away', async () => {
    const child = spawn(process.execPath, [MAIN, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    expect(await text(child.stderr)).toBe('');
  });

  it('exits with 2 when it is used wrongly', async () => {
    await using place = await workplace();
    expect(await place.run(['serve'])).toMatchObject({ exitCode: 2, out: '' });
  });

  it('names every problem of the environment at once, and no secret', async () => {
    await using place = await workplace();
    const env = { PORT: 'http', LOG_LEVEL: 'loud', DATABASE_URL: 'postgres://ada:hunter2@host' };
    const { exitCode, out, err } = await place.run(['admin', 'seed', place.folder], env);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    for (const name of ['PORT', 'LOG_LEVEL', 'DATABASE_URL']) expect(err).toContain(name);
    expect(err).not.toContain('hunter2');
    expect(err).not.toContain('env.ts');
  });

  it('seeds a MongoDB once, and makes an admin whose key is found in it', async () => {
    await using place = await workplace();
    const url = databaseUrl('cliMain');
    const env = { DATABASE_URL: url, DATA_DIR: path.join(place.folder, 'data') };
    const first = await place.run(['admin', 'seed', '.', '--json'], env);
    expect(first).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(first.out)).toMatchObject({ created: ['OAK'], unchanged: [] });
    const second = await place.run(['admin', 'seed', 'characters', '--json'], env);
    expect(JSON.parse(second.out)).toMatchObject({ created: [], unchanged: ['OAK'] });

    const admin = await place.run(['admin', 'create-admin', '--name', 'Ada', '--json'], env);
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
    expect(await readFile(path.join(place.folder, 'data', 'pii.key'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
  });

  it('says which database cannot be reached, without the password', async () => {
    await using place = await workplace();
    const env = { DATABASE_URL: 'mongodb://ada:hunter2@127.0.0.1:9/dcs' };
    const { exitCode, out, err } = await place.run(['admin', 'seed', '.'], env);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toContain('The database cannot be reached. (connect ECONNREFUSED 127.0.0.1:9)');
    expect(err).not.toContain('hunter2');
  });
});

describe.concurrent('dcs server as a process', { timeout: 120_000 }, () => {
  /** Resolves with the address once the server says that it runs. */
  async function startServer({ start }: Workplace, args: readonly string[]) {
    const server = start(['server', '--headless', '--port', '0', ...args]);
    for await (const [chunk] of on(server.child.stdout, 'data', { close: ['end'] })) {
      const url = /running at (http:\S+)/.exec(String(chunk))?.[1];
      if (url !== undefined) return { ...server, url };
    }
    throw new Error(`The server did not start: ${(await server.ended).err}`);
  }

  it('answers, keeps nothing in memory, and stops on SIGTERM with 0', async () => {
    await using place = await workplace();
    const { child, ended, url } = await startServer(place, ['--in-memory']);
    expect(await (await fetch(`${url}/healthz`)).json()).toMatchObject({ status: 'ok' });
    child.kill('SIGTERM');
    const { exitCode, out } = await ended;
    expect(exitCode).toBe(0);
    expect(out).toContain('Nothing is kept');
    expect(out).toMatch(/Stopped\.\n$/);
  });

  it('says in one message that its port is taken', async () => {
    await using place = await workplace();
    const { child, ended, url } = await startServer(place, ['--in-memory']);
    const { port } = new URL(url);
    const second = await place.run(['server', '--in-memory', '--headless', '--port', port]);
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
      await using place = await workplace();
      const made = await place.run(['admin', 'create-admin', '--name', 'Ada', '--data-dir', 'own', '--json']);
      const { accessKey } = JSON.parse(made.out);
      const { child, ended, url } = await startServer(place, ['--data-dir', 'own']);
      try {
        const headers = { authorization: `Bearer ${accessKey}` };
        const me = await (await fetch(`${url}/trpc/players.me`, { headers })).json();
        expect(me).toMatchObject({ result: { data: { json: { fullName: 'Ada', role: 'admin' } } } });

        const { exitCode, out, err } = await place.run(['admin', 'seed', '.', '--data-dir', 'own']);
        expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
        expect(err).toContain(`It is process ${child.pid}.`);
        expect(err).toContain('stop it, run this command again');
      } finally {
        child.kill('SIGTERM');
      }
      expect(await ended).toMatchObject({ exitCode: 0 });
      const seeded = await place.run(['admin', 'seed', '.', '--data-dir', 'own']);
      expect(seeded).toMatchObject({ exitCode: 0, out: expect.stringContaining('1 created: OAK') });
    },
  );
});
