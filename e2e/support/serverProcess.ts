import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { readOwner } from '../../packages/api/src/database/owner.ts';

const CLI = path.resolve(import.meta.dirname, '../../packages/api/src/cli/main.ts');
/** As `npm start` has it, with which everything must go on working that a server does. */
const STOP_WITH_PARENT = pathToFileURL(
  path.resolve(import.meta.dirname, '../../scripts/stopWithParent.mjs'),
).href;
const PROJECT_SERVER = path.resolve(import.meta.dirname, 'projectServer.ts');
/** A cold start on a busy machine, with the recovery of a killed database before it. */
const PATIENCE_MS = 60_000;

/** A real server in a process of its own, with its own data folder; killed and started again at will. */
export interface ServerProcess extends AsyncDisposable {
  readonly url: string;
  readonly dataDir: string;
  /** The last of what it has printed, warnings and worse. */
  readonly lastWords: string;
  /** SIGKILL: no goodbye, as when the power fails. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGKILL to the embedded database alone. Resolves when the server has noticed and ended by itself. */
  killDatabase(): Promise<void>;
  /** Both at once. */
  killAll(): Promise<void>;
  /** SIGTERM, and waits for the clean end. */
  stop(): Promise<void>;
  /** Starts again on the same address and the same data, and waits until it is healthy. */
  start(): Promise<void>;
  /** Begins to start, and is killed `afterMs` later however far it has come. */
  startInVain(afterMs: number): Promise<void>;
  /** SIGTERM, and SIGKILL `afterMs` later unless it has ended by then. */
  stopInVain(afterMs: number): Promise<void>;
}

export interface ServerOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** The folder with games, seeds and experiments, if it is not ours. Such a server keeps nothing, and takes no `args`. */
  readonly projectDir?: string;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false; // not up yet
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

async function untilHealthy(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await isHealthy(url))) {
    if (hasEnded(child)) throw new Error(`The server ended with code ${child.exitCode}.\n${output()}`);
    if (Date.now() > deadline) throw new Error(`The server did not become healthy.\n${output()}`);
    await pause(25);
  }
}

async function gone(child: ChildProcess, signal?: NodeJS.Signals): Promise<void> {
  if (hasEnded(child)) return;
  const exit = once(child, 'exit');
  if (signal !== undefined) child.kill(signal);
  await exit;
}

/** Settings of whoever runs the tests are not ours to use: a DATABASE_URL there may be somebody's data. */
function cleanEnvironment(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'XDG_CACHE_HOME'];
  return Object.fromEntries(
    kept.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Starts a server on a free port of the loopback address and waits until it is healthy. */
export async function startServerProcess(options: ServerOptions = {}): Promise<ServerProcess> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'dcs-e2e-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  let output = '';

  const { projectDir, args = [] } = options;
  const program = projectDir === undefined ? [CLI, 'server', ...args] : [PROJECT_SERVER, projectDir];

  function launch(): ChildProcess {
    const started = spawn(process.execPath, ['--import', STOP_WITH_PARENT, ...program], {
      env: {
        ...cleanEnvironment(),
        PORT: String(port),
        DATA_DIR: dataDir,
        LOG_LEVEL: 'warn',
        ...options.env,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child = started;
    const keep = (chunk: Buffer): void => void (output = (output + chunk.toString()).slice(-20_000));
    started.stdout.on('data', keep);
    started.stderr.on('data', keep);
    return started;
  }

  const start = (): Promise<void> => untilHealthy(url, launch(), () => output);

  async function end(signal?: NodeJS.Signals): Promise<void> {
    const running = child;
    child = null;
    if (running !== null) await gone(running, signal);
  }

  function killService(): void {
    const owner = readOwner(path.join(dataDir, 'mongo'));
    if (owner === null) throw new Error('There is no embedded database to kill.');
    process.kill(owner.service, 'SIGKILL');
  }

  async function dispose(): Promise<void> {
    await end('SIGTERM');
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }

  try {
    await start();
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    url,
    dataDir,
    get lastWords() {
      return output;
    },
    start,
    kill: () => end('SIGKILL'),
    killDatabase: () => {
      killService();
      return end();
    },
    killAll: () => {
      killService();
      return end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
    startInVain: async (afterMs) => {
      launch();
      await pause(afterMs);
      await end('SIGKILL');
    },
    stopInVain: async (afterMs) => {
      child?.kill('SIGTERM');
      await pause(afterMs);
      await end('SIGKILL');
    },
    [Symbol.asyncDispose]: dispose,
  };
}
