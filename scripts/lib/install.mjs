import { existsSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fingerprint, readStamp, writeStamp } from './fingerprint.mjs';
import { alone } from './lock.mjs';
import { assertPlatform, packagedNode } from './node24.mjs';
import { inRoot, packages, readJson } from './paths.mjs';
import { capture } from './processes.mjs';
import { Problem, step } from './ui.mjs';

const STAMP = inRoot('node_modules', '.dcs', 'installed');

function wanted() {
  const manifests = packages.map((name) => inRoot(name, 'package.json'));
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'].map((name) => inRoot(name));
  return fingerprint([...files, ...manifests], [process.platform, process.arch]);
}

function isInstalled(stamp) {
  const node = packagedNode();
  const present = [...packages.map((name) => inRoot(name, 'node_modules')), ...(node ? [node] : [])];
  return readStamp(STAMP) === stamp && present.every((file) => existsSync(file));
}

/** Installs the packages of the lockfile, when they are not the ones in node_modules. */
export async function ensureInstalled() {
  assertPlatform();
  const stamp = wanted();
  if (isInstalled(stamp)) return;
  await alone('install', async () => {
    if (isInstalled(stamp)) return;
    await step('Installing packages', install);
    linkCommand();
    writeStamp(STAMP, stamp);
  });
}

/** Without the link npx installs the project into a cache of its own before every `npx dcs`, which takes seconds. */
function linkCommand() {
  const link = inRoot('node_modules', '.bin', 'dcs');
  try {
    rmSync(link, { force: true });
    symlinkSync(path.join('..', '..', 'scripts', 'dcs.mjs'), link);
  } catch {
    // Where links are not allowed, npx still finds its own way.
  }
}

async function install() {
  const manager = readJson('package.json').packageManager;
  // Short waits between retries: with npm's own, a machine without a network hears of it after a minute.
  const retries = { npm_config_fetch_retry_mintimeout: '1000', npm_config_fetch_retry_maxtimeout: '5000' };
  // CI=true: a package manager that wants to ask before replacing a folder has nobody to ask here.
  const env = { ...process.env, CI: 'true', npm_config_update_notifier: 'false', ...retries };
  const args = ['--yes', '--prefer-offline', manager, 'install', '--frozen-lockfile', '--prefer-offline'];
  const { code, output, error } = await capture('npx', args, { env });
  if (error) {
    throw new Problem(
      error.code === 'ENOENT'
        ? 'npm is missing: the command "npx" was not found. Install Node.js together with npm and run the command again.'
        : `npx could not be started: ${error.message}`,
    );
  }
  if (code !== 0) throw new Problem(explain(output));
}

const NETWORK =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|META_FETCH_FAIL|FETCH_40[37]|FETCH_5\d\d|network/i;

/** One clear message from what npm or pnpm printed. */
export function explain(output) {
  const details = output.trim().split('\n').slice(-15).join('\n');
  // pnpm draws its errors in a narrow column and breaks them inside sentences.
  const text = output.replaceAll(/[\s│]+/g, ' ');
  if (/ENOSPC|no space left/i.test(text)) {
    return 'The disk is full. The packages need about 900 MB: free some space and run the command again.';
  }
  if (/ERR_PNPM_OUTDATED_LOCKFILE/.test(text)) {
    return 'pnpm-lock.yaml does not fit the package.json files. After a change of dependencies run "npx pnpm install" and keep both.';
  }
  if (/EACCES|EPERM|EROFS|permission denied/i.test(text)) {
    return `The packages cannot be written to ${inRoot('node_modules')}. Correct the owner or the rights of the folder.\n\n${details}`;
  }
  if (NETWORK.test(text)) {
    return `The npm registry cannot be reached, and some packages are not here yet. Check the network (and any proxy: npm config get registry), then run the command again.\n\n${details}`;
  }
  return `Installing the packages failed.\n\n${details}`;
}
