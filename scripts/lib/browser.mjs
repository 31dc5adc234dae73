import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { cacheFolder, inRoot, readJson } from './paths.mjs';
import { Problem } from './ui.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PACKAGE = ['node_modules', '@sparticuz', 'chromium'];

/** Nothing here needs the network: without these flags a browser looks up its maker's hosts at every start. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-gpu',
  '--no-first-run',
  '--disable-dev-shm-usage',
];

/**
 * The browser for tests: one on PATH, else the one that comes with the packages, unpacked on first use.
 * @returns {{ executablePath: string, args: string[], env: Record<string, string | undefined>, packaged: boolean }}
 */
export function findBrowser() {
  const isRoot = process.getuid?.() === 0;
  const args = isRoot ? [...QUIET, '--no-sandbox'] : QUIET;
  const onPath = findOnPath();
  if (onPath) return { executablePath: onPath, args, env: process.env, packaged: false };
  const folder = unpacked();
  const executablePath = path.join(folder, 'chromium');
  // Its sandbox needs a helper that belongs to root, which an unpacked file cannot have.
  const own = [...args, '--no-sandbox', '--no-zygote', '--font-render-hinting=none'];
  return {
    executablePath,
    args: [...new Set(own)],
    env: packagedEnv(executablePath, folder),
    packaged: true,
  };
}

function findOnPath() {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return candidates.find((file) => isExecutable(file) && startError(file, process.env) === null);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Null when the program starts, else what it says; some systems have a stub that only names an installer. */
function startError(file, env) {
  const result = spawnSync(file, ['--version', '--no-sandbox'], { env, encoding: 'utf8', timeout: 20_000 });
  if (result.status === 0 && /chrom/i.test(result.stdout)) return null;
  return (result.error?.message ?? `${result.stdout}${result.stderr}`).trim() || 'it does not start';
}

/** A bare system lacks libraries and fonts that a browser needs; both are in the package. */
function packagedEnv(executablePath, folder) {
  const env = { ...process.env, FONTCONFIG_FILE: fontsFile(folder) };
  if (startError(executablePath, env) === null) return env;
  env.LD_LIBRARY_PATH = [path.join(folder, 'al2023', 'lib'), env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const error = startError(executablePath, env);
  if (error === null) return env;
  throw new Problem(
    'The tests of the web page need a browser, and the packaged one does not start here. ' +
      `Install Chromium (Debian: apt-get install chromium) or run "npm test -- --unit".\n\n${error}`,
  );
}

/** The system's fonts and the packaged ones: a browser without a single font ends at its first page. */
function fontsFile(folder) {
  const file = path.join(folder, 'fonts.conf');
  const dirs = ['/usr/share/fonts', '/usr/local/share/fonts', path.join(folder, 'fonts')];
  const lines = [
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>',
    ...dirs.map((dir) => `<dir>${dir}</dir>`),
    `<cachedir>${path.join(folder, 'fonts-cache')}</cachedir></fontconfig>`,
  ];
  if (!existsSync(file)) writeFileSync(file, lines.join('\n'));
  return file;
}

function unpacked() {
  const bin = inRoot(...PACKAGE, 'bin');
  const supported = process.platform === 'linux' && process.arch === 'x64' && existsSync(bin);
  if (!supported) {
    throw new Problem(
      'The tests of the web page need a browser. Install Chromium or Google Chrome so that it is on the PATH, or run "npm test -- --unit".',
    );
  }
  const target = path.join(cacheFolder, `chromium-${readJson(...PACKAGE, 'package.json').version}`);
  if (!existsSync(target)) unpackTo(target, bin);
  return target;
}

/** Unpacked beside its place and moved there in one step, so that nobody ever sees half a browser. */
function unpackTo(target, bin) {
  mkdirSync(cacheFolder, { recursive: true });
  const work = mkdtempSync(path.join(cacheFolder, 'unpacking-'));
  try {
    const inflate = (name) => brotliDecompressSync(readFileSync(path.join(bin, name)));
    writeFileSync(path.join(work, 'chromium'), inflate('chromium.br'), { mode: 0o755 });
    for (const name of ['al2023', 'fonts', 'swiftshader'])
      untar(inflate(`${name}.tar.br`), path.join(work, name));
    chmodSync(work, 0o755);
    renameSync(work, target);
  } catch (error) {
    if (existsSync(target)) return;
    throw error.code === 'ENOSPC'
      ? new Problem('The disk is full: the browser for the tests needs 250 MB.')
      : error;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function untar(archive, folder) {
  mkdirSync(folder);
  const { status, stderr, error } = spawnSync('tar', ['-x', '-C', folder], { input: archive });
  if (status !== 0) throw error ?? new Error(`tar failed: ${stderr}`);
}
