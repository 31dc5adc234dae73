import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { downloadPackages } from '../../src/database/aptDownload.ts';

const run = promisify(execFile);

/** What the server needs beyond what every Debian has. */
const PACKAGES = ['redis-tools', 'redis-server', 'liblzf1', 'libjemalloc2', 'libatomic1'];
/** What all but the smallest have as well, under one of these names. */
const MORE_PACKAGES = [[], ['libssl3'], ['libssl3t64']] as const;
/** Lives and dies with the installed packages. */
const CACHE = path.resolve(import.meta.dirname, '../../../../node_modules/.cache/dcs');

/** How to start redis-server here. */
export interface RedisBinary {
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The server on PATH, else the one in the cache; `null` when there is none that starts. */
export async function findRedis(): Promise<RedisBinary | null> {
  const onPath = { command: 'redis-server', env: {} };
  if (await starts(onPath)) return onPath;
  const cached = unpackedIn(path.join(CACHE, 'redis'));
  return (await starts(cached)) ? cached : null;
}

/** Fetches the distribution's own server into the cache; needs no rights. Throws an Error that says how to help. */
export async function fetchRedis(): Promise<RedisBinary> {
  const failures: Error[] = [];
  for (const more of MORE_PACKAGES) {
    try {
      return await fetchWith([...PACKAGES, ...more]);
    } catch (cause) {
      failures.push(cause instanceof Error ? cause : new Error(String(cause)));
    }
  }
  const [cause] = failures;
  throw new Error(`${HOW_TO_GET_REDIS} Fetching it failed: ${cause?.message.trim() ?? ''}`, { cause });
}

async function fetchWith(names: readonly string[]): Promise<RedisBinary> {
  const target = path.join(CACHE, 'redis');
  await mkdir(CACHE, { recursive: true });
  const work = await mkdtemp(path.join(CACHE, 'fetching-'));
  try {
    const root = await downloadPackages(work, { names });
    if (!(await starts(unpackedIn(root)))) throw new Error('the fetched redis-server does not start');
    await putInPlace(root, target);
    return unpackedIn(target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

export const HOW_TO_GET_REDIS =
  'The tests of several nodes need redis-server on the PATH (Debian: apt-get install redis-server; macOS: brew install redis).';

function unpackedIn(root: string): RedisBinary {
  const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  const libraries = path.join(root, 'usr', 'lib', triplet);
  return {
    command: path.join(root, 'usr', 'bin', 'redis-server'),
    env: { LD_LIBRARY_PATH: [libraries, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':') },
  };
}

async function starts({ command, env }: RedisBinary): Promise<boolean> {
  return run(command, ['--version'], { env: { ...process.env, ...env }, timeout: 20_000 }).then(
    () => true,
    () => false,
  );
}

/** A rename is one step: whoever comes second at the same time finds a whole folder and uses that. */
async function putInPlace(ready: string, target: string): Promise<void> {
  try {
    await rename(ready, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  }
}
