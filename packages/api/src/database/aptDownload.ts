import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { findMirrors, type AptMirror } from './aptMirrors.ts';

const run = promisify(execFile);
const APT = '/etc/apt';
const PATIENCE_MS = 180_000;

/** Releases whose C library is new enough for the engine, by the distribution's own id. */
const NEWER_SUITES: ReadonlyMap<string, string> = new Map([
  ['debian', 'trixie'],
  ['ubuntu', 'noble'],
]);

/**
 * Unpacks the C library of a newer release into `folder`/root.
 * Throws with apt's words when there is no such archive, no network or no room.
 */
export async function downloadNewerLibc(folder: string): Promise<string> {
  const { id } = await readRelease();
  const suite = NEWER_SUITES.get(id);
  if (!suite) throw new Error(`no newer C library is known for ${id || 'this system'}`);
  return downloadPackages(folder, { suite, names: ['libc6'] });
}

/**
 * Unpacks packages of the host's own release, or of another `suite`, into `folder`/root, from the archive the host
 * already uses and with the keys it already trusts. Needs no rights: apt gets lists and caches of its own and nothing
 * is installed. Throws with apt's words when there is no such archive or package, no network or no room.
 */
export async function downloadPackages(
  folder: string,
  wanted: { readonly suite?: string; readonly names: readonly string[] },
): Promise<string> {
  const { id, codename } = await readRelease();
  const suite = wanted.suite ?? codename;
  const mirrors = findMirrors(await readSources(), codename);
  if (mirrors.length === 0) throw new Error(`no package archive for ${codename || id} is configured`);

  const config = await writeConfig(folder, mirrors, suite);
  const options = { cwd: folder, timeout: PATIENCE_MS, maxBuffer: 8_000_000 };
  await run('apt-get', ['-qq', '-c', config, 'update'], options);
  await run(
    'apt-get',
    ['-qq', '-c', config, 'download', ...wanted.names.map((name) => `${name}/${suite}`)],
    options,
  );
  const archives = (await readdir(folder)).filter((name) => name.endsWith('.deb'));
  if (archives.length === 0) throw new Error('apt-get downloaded nothing');
  for (const archive of archives) await run('dpkg-deb', ['-x', archive, 'root'], options);
  return path.join(folder, 'root');
}

async function writeConfig(folder: string, mirrors: AptMirror[], suite: string): Promise<string> {
  for (const part of ['lists/partial', 'archives/partial']) {
    await mkdir(path.join(folder, part), { recursive: true });
  }
  const sources = mirrors.map(({ uri, signedBy }) => {
    const options = signedBy ? `[signed-by=${signedBy}] ` : '';
    return `deb ${options}${uri} ${suite} main\n`;
  });
  await writeFile(path.join(folder, 'sources.list'), sources.join(''));
  // Hooks of the host's own configuration (command-not-found, package kits) have no business here.
  const lines = [
    `Dir::State "${folder}";`,
    `Dir::State::lists "${folder}/lists";`,
    `Dir::Cache "${folder}";`,
    `Dir::Cache::archives "${folder}/archives";`,
    `Dir::Etc::sourcelist "${folder}/sources.list";`,
    'Dir::Etc::sourceparts "-";',
    'APT::Sandbox::User "";',
    'Acquire::Languages "none";',
    'Acquire::Retries "2";',
    'Acquire::http::Timeout "20";',
    'Acquire::https::Timeout "20";',
    '#clear APT::Update::Pre-Invoke;',
    '#clear APT::Update::Post-Invoke;',
    '#clear APT::Update::Post-Invoke-Success;',
  ];
  const config = path.join(folder, 'apt.conf');
  await writeFile(config, `${lines.join('\n')}\n`);
  return config;
}

async function readRelease(): Promise<{ id: string; codename: string }> {
  const text = await readFile('/etc/os-release', 'utf8');
  const value = (name: string) => new RegExp(`^${name}="?([^"\n]*)"?$`, 'm').exec(text)?.[1] ?? '';
  return { id: value('ID'), codename: value('VERSION_CODENAME') };
}

async function readSources(): Promise<{ name: string; text: string }[]> {
  const parts = await readdir(path.join(APT, 'sources.list.d')).catch(() => []);
  const names = [
    path.join(APT, 'sources.list'),
    ...parts
      .filter((name) => name.endsWith('.list') || name.endsWith('.sources'))
      .map((name) => path.join(APT, 'sources.list.d', name)),
  ];
  return Promise.all(
    names.map(async (name) => ({ name, text: await readFile(name, 'utf8').catch(() => '') })),
  );
}
