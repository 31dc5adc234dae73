import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { DatabaseError, embeddedDatabaseError, reasonOf } from './databaseError.ts';
import type { DatabaseLogger } from './databaseLogger.ts';
import { engineLauncher } from './newerLibc.ts';
import { isAlive, readOwner } from './owner.ts';

const SERVICE = path.join(import.meta.dirname, 'mongoService.ts');
/** After a crash with much data the engine reads its journal first; half a million documents took 5 s. */
const START_TIMEOUT_MS = 120_000;
const PATIENCE_MS = 5_000;
/** A service whose program died closes within its grace of 5 s; a new program waits for that, not longer. */
const LEAVING_MS = 10_000;
const STOP_TIMEOUT_MS = 15_000;
/** Below this the engine cannot even write its journal and would end in the middle of a write. */
const LEAST_FREE_BYTES = 48_000_000;
const STDERR_KEPT = 4_000;

const reportSchema = z.discriminatedUnion('ready', [
  z.object({ ready: z.literal(true), socketPath: z.string(), pid: z.number(), openMs: z.number() }),
  z.object({ ready: z.literal(false), error: z.string() }),
]);

export type EmbeddedDatabase = {
  /** Address for the `mongodb` driver, without a database name. */
  url: string;
  pid: number;
  /** Resolves when the service has ended: null after `stop`, the failure otherwise. Never rejects. */
  exited: Promise<DatabaseError | null>;
  /** Closes the engine cleanly; safe to call again. */
  stop(): Promise<void>;
};

export type EmbeddedOptions = { dataDir: string; logger: DatabaseLogger };

/** Starts the database service on `dataDir`, which is made if it is missing. Throws DatabaseError. */
export async function startEmbeddedDatabase({ dataDir, logger }: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const folder = path.resolve(dataDir);
  await prepareFolder(folder);
  const launcher = await engineLauncher(logger).catch((error: unknown) => {
    throw embeddedDatabaseError('database/no-engine', folder, messageOf(error));
  });
  const giveUpAt = performance.now() + LEAVING_MS;
  for (;;) {
    try {
      return await startService(folder, launcher, logger);
    } catch (error) {
      const locked = error instanceof DatabaseError && error.reason === 'database/in-use';
      if (!locked || !isLeaving(folder) || performance.now() > giveUpAt) throw error;
      await delay(100);
    }
  }
}

/** Whether the lock belongs to a service that is closing because its program is gone. */
function isLeaving(folder: string): boolean {
  const owner = readOwner(folder);
  return owner !== null && !isAlive(owner.program);
}

async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const probe = path.join(folder, `.probe-${process.pid}`);
    await writeFile(probe, 'x');
    await rm(probe);
  } catch (error) {
    const reason = reasonOf(messageOf(error));
    throw embeddedDatabaseError(
      reason === 'database/disk-full' ? reason : 'database/unwritable',
      folder,
      `(${messageOf(error)})`,
    );
  }
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < LEAST_FREE_BYTES) {
    throw embeddedDatabaseError('database/disk-full', folder, 'Less than 48 MB are free.');
  }
}

async function startService(
  folder: string,
  launcher: { command: string; args: string[] },
  logger: DatabaseLogger,
): Promise<EmbeddedDatabase> {
  // A process group of its own: Ctrl-C must reach the server alone, which still needs its database to finish.
  const child = spawn(launcher.command, [...launcher.args, SERVICE, folder], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  child.stdin.on('error', () => undefined);
  const stderr = tail(child);
  const exit = exitOf(child);
  const patience = setTimeout(() => logger.info(`Still opening the database in ${folder}`), PATIENCE_MS);
  try {
    const line = await firstLine(child, exit);
    if (line === null) throw embeddedDatabaseError(reasonOf(stderr()), folder, stderr());
    const report = reportSchema.parse(JSON.parse(line));
    if (!report.ready) throw refused(folder, report.error);
    return handle({ child, folder, exit, stderr, socketPath: report.socketPath, pid: report.pid });
  } catch (error) {
    child.kill('SIGKILL');
    throw error instanceof DatabaseError
      ? error
      : embeddedDatabaseError('database/failed', folder, messageOf(error));
  } finally {
    clearTimeout(patience);
  }
}

type Exit = { code: number | null; signal: NodeJS.Signals | null; spawnError: string | null };

type Started = {
  child: ChildProcess;
  folder: string;
  exit: Promise<Exit>;
  stderr: () => string;
  socketPath: string;
  pid: number;
};

function handle({ child, folder, exit, stderr, socketPath, pid }: Started): EmbeddedDatabase {
  let stopping = false;
  const exited = exit.then(({ code, signal }) => {
    if (stopping) return null;
    const text = stderr();
    const reason = reasonOf(text) === 'database/disk-full' ? 'database/disk-full' : 'database/stopped';
    return embeddedDatabaseError(reason, folder, `(${signal ?? `exit code ${code}`}) ${text}`.trim());
  });
  return {
    url: `mongodb://${encodeURIComponent(socketPath)}/?directConnection=true`,
    pid,
    exited,
    async stop() {
      stopping = true;
      child.stdin?.end();
      const killer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await exit;
      clearTimeout(killer);
    },
  };
}

function refused(folder: string, error: string): DatabaseError {
  const reason = reasonOf(error);
  const owner = reason === 'database/in-use' ? readOwner(folder) : null;
  const detail =
    reason === 'database/in-use' ? (owner ? `It is process ${owner.program}.` : '') : `(${error})`;
  return embeddedDatabaseError(reason, folder, detail);
}

/** The service's report, or null when it ended without one. */
async function firstLine(child: ChildProcess, exit: Promise<Exit>): Promise<string | null> {
  if (!child.stdout) return null;
  const timeout = AbortSignal.timeout(START_TIMEOUT_MS);
  const lines = createInterface({ input: child.stdout });
  const line = once(lines, 'line', { signal: timeout }).then(([text]) => String(text));
  const ended = exit.then(({ spawnError }) => {
    if (spawnError) throw new Error(spawnError);
    return null;
  });
  try {
    return await Promise.race([line, ended]);
  } catch (error) {
    if (!timeout.aborted) throw error;
    throw new DatabaseError(
      'database/start-timeout',
      `The database did not start in ${START_TIMEOUT_MS / 1000} s.`,
    );
  } finally {
    line.catch(() => undefined);
  }
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, spawnError: error.message }));
    child.once('close', (code, signal) => resolve({ code, signal, spawnError: null }));
  });
}

/** The last words of the service, for a message about its end. */
function tail(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.on('data', (chunk) => {
    text = (text + String(chunk)).slice(-STDERR_KEPT);
  });
  return () => text.trim();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
