import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { SubjectMessage, SubjectRequest } from './subjectProtocol.ts';
import { readUsage } from './usage.ts';
import type { Usage } from './usage.ts';

/** A server in a process of its own, measured from outside; stopped when disposed of. */
export interface SubjectProcess extends AsyncDisposable {
  readonly port: number;
  /** The server alone, without its database. */
  usage(): Usage;
  /** The database or whatever else works for it in a process of its own; `null` when there is none. */
  childUsage(): Usage | null;
  /** What it holds after a garbage collection. */
  memory(): Promise<{ readonly heapBytes: number; readonly rssBytes: number }>;
  startProfile(): Promise<void>;
  /** Writes what was recorded since `startProfile` as a V8 CPU profile. */
  stopProfile(file: string): Promise<void>;
  /** SIGKILL, without a goodbye. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** The same to it and to the process that works for it at once, as when the power fails. */
  killAll(): Promise<void>;
  /** Lets it end in its own way. */
  stop(): Promise<void>;
}

export interface SubjectOptions {
  /** The program, beside this file. */
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Settings of whoever runs a benchmark are not the server's: a DATABASE_URL there may be somebody's data. */
const KEPT_SETTINGS = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'XDG_CACHE_HOME', 'NODE_COMPILE_CACHE'];

function cleanEnvironment(): Record<string, string> {
  return Object.fromEntries(
    KEPT_SETTINGS.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** The next message, or an error when the process ends instead. */
async function nextMessage(child: ChildProcess): Promise<SubjectMessage> {
  const settled = new AbortController();
  const { signal } = settled;
  try {
    const [message] = await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(([code, killedBy]) => {
        throw new Error(`The server under test ended (${killedBy ?? `exit code ${code}`}).`);
      }),
    ]);
    return message as SubjectMessage;
  } finally {
    settled.abort();
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

/** Starts a server under test and waits until it can be used. */
export async function startSubject({ program, env }: SubjectOptions): Promise<SubjectProcess> {
  const child = spawn(
    process.execPath,
    ['--expose-gc', '--enable-source-maps', path.join(import.meta.dirname, program)],
    {
      env: { ...cleanEnvironment(), NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  const ready = await nextMessage(child);
  if (ready.type !== 'ready' || child.pid === undefined)
    throw new Error('The server under test did not start.');
  const { pid } = child;
  const { port, childPid } = ready;

  async function ask(request: SubjectRequest): Promise<SubjectMessage> {
    child.send(request);
    const message = await nextMessage(child);
    if (message.type === 'failed') throw new Error(`The server under test: ${message.message}`);
    return message;
  }

  return {
    port,
    usage: () => readUsage(pid),
    childUsage: () => (childPid === null ? null : readUsage(childPid)),
    memory: async () => {
      const message = await ask({ type: 'memory' });
      if (message.type !== 'memory') throw new Error('The server under test misunderstood.');
      return message;
    },
    startProfile: async () => void (await ask({ type: 'startProfile' })),
    stopProfile: async (file) => void (await ask({ type: 'stopProfile', file })),
    kill: () => end(child, 'SIGKILL'),
    killAll: () => {
      if (childPid !== null) process.kill(childPid, 'SIGKILL');
      return end(child, 'SIGKILL');
    },
    stop: () => end(child, 'SIGTERM'),
    [Symbol.asyncDispose]: () => end(child, 'SIGTERM'),
  };
}
