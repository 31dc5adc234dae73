import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findRedis, HOW_TO_GET_REDIS } from './redisBinary.ts';
import type { RedisBinary } from './redisBinary.ts';

/** A real Redis in a process of its own, which keeps nothing; killed and started again at will. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Ends it at once. What it knew is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  /** Stops the process where it stands: connections stay open and nothing is answered. */
  freeze(): void;
  thaw(): void;
}

const PATIENCE_MS = 20_000;

/** Starts a server on a free port of the loopback address. Throws an Error that says how to get one. */
export async function startRedis(): Promise<RedisServer> {
  const binary = await findRedis();
  if (binary === null) throw new Error(HOW_TO_GET_REDIS);
  const folder = await mkdtemp(path.join(tmpdir(), 'dcs-redis-'));
  const port = await freePort();
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    child = spawnRedis(binary ?? { command: 'redis-server', env: {} }, folder, port);
    await untilAnswering(child, port);
  }

  async function kill(): Promise<void> {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return;
    const exit = once(running, 'exit');
    running.kill('SIGKILL');
    await exit;
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill,
    start,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    [Symbol.asyncDispose]: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function spawnRedis({ command, env }: RedisBinary, folder: string, port: number): ChildProcess {
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  return spawn(command, [...args, '--dir', folder, '--daemonize', 'no'], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

async function untilAnswering(child: ChildProcess, port: number): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('redis-server did not start.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Whether PING gets its PONG. */
async function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (data) => {
      resolve(data.toString().startsWith('+PONG'));
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
  });
}
