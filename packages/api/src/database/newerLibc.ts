import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, realpath, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { downloadNewerLibc } from './aptDownload.ts';
import type { DatabaseLogger } from './databaseLogger.ts';

const run = promisify(execFile);

/** The engine's native part is linked against this C library. */
const NEEDED = [2, 38] as const;

const MACHINES = {
  x64: { loader: 'ld-linux-x86-64.so.2', folder: 'x86_64-linux-gnu' },
  arm64: { loader: 'ld-linux-aarch64.so.1', folder: 'aarch64-linux-gnu' },
} as const;

/** How to start a Node that can load the engine: `command`, then `args`, then the script. */
export type EngineLauncher = { command: string; args: string[] };

/** Where a newer C library is kept: with the installed packages, else with the user's other caches. */
export function libcCacheFolders(): string[] {
  const root = path.resolve(import.meta.dirname, '../../../..');
  return [path.join(root, 'node_modules', '.cache', 'dcs'), path.join(os.homedir(), '.cache', 'dcs')];
}

/**
 * Finds out how to start the engine here, and fetches a newer C library once where the host's is too old.
 * Throws a plain Error that says why it cannot be done.
 */
export async function engineLauncher(
  logger: DatabaseLogger,
  cacheFolders: string[] = libcCacheFolders(),
): Promise<EngineLauncher> {
  const plain = { command: process.execPath, args: [] };
  if (process.platform === 'darwin' && process.arch === 'arm64') return plain;
  const machine = process.arch === 'x64' || process.arch === 'arm64' ? MACHINES[process.arch] : null;
  if (process.platform !== 'linux' || !machine) {
    throw new Error(`There is no engine for ${process.platform} on ${process.arch}.`);
  }
  const version = hostLibc();
  if (!version) throw new Error('It needs a system with the GNU C library.');
  if (isNewEnough(version)) return plain;

  const name = `glibc-${process.arch}`;
  const existing = cacheFolders.map((folder) => path.join(folder, name)).find((folder) => existsSync(folder));
  const folder = existing ?? (await fetchLibc(cacheFolders, { name, machine, version, logger }));
  return { command: path.join(folder, machine.loader), args: ['--library-path', folder, process.execPath] };
}

/** Version of the C library this process runs on; null where it is another one, as on Alpine. */
export function hostLibc(): string | null {
  if (!process.report) return null;
  // Collecting network interfaces looks up host names, which can take seconds.
  Object.assign(process.report, { excludeNetwork: true });
  const report: { header?: { glibcVersionRuntime?: string } } = process.report.getReport();
  return report.header?.glibcVersionRuntime ?? null;
}

/** Whether the engine can run on C library `version`, such as "2.36". */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

type Wanted = {
  name: string;
  machine: (typeof MACHINES)[keyof typeof MACHINES];
  version: string;
  logger: DatabaseLogger;
};

async function fetchLibc(
  cacheFolders: string[],
  { name, machine, version, logger }: Wanted,
): Promise<string> {
  const cache = await firstWritable(cacheFolders);
  logger.info(`Fetching a newer C library for the database, once (this system has ${version})`);
  const work = await mkdtemp(path.join(cache, 'fetching-'));
  try {
    const unpacked = await downloadNewerLibc(work);
    const ready = path.join(work, 'ready');
    await collectLibraries(await realpath(path.join(unpacked, 'usr', 'lib', machine.folder)), ready);
    await run(path.join(ready, machine.loader), ['--library-path', ready, process.execPath, '--version']);
    return await putInPlace(ready, path.join(cache, name));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new Error(
      `It needs the C library glibc ${NEEDED.join('.')} or newer; this system has ${version}, and fetching a newer one failed: ${detail.trim()}`,
      { cause: error },
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Only the libraries themselves: the character set converters beside them are ten megabytes never used. */
async function collectLibraries(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const name of await readdir(from)) {
    if (/\.so(\.|$)/.test(name)) await copyFile(path.join(from, name), path.join(to, name));
  }
}

/** A rename is one step, so whoever comes second at the same time finds a whole folder and uses that. */
async function putInPlace(ready: string, target: string): Promise<string> {
  try {
    await rename(ready, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  }
  return target;
}

async function firstWritable(folders: string[]): Promise<string> {
  for (const folder of folders) {
    try {
      await mkdir(folder, { recursive: true });
      accessSync(folder, constants.W_OK);
      return folder;
    } catch {
      // The next folder may do.
    }
  }
  throw new Error(`It needs a writable folder for a newer C library; tried ${folders.join(', ')}.`);
}
