import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

export const inRoot = (...parts) => path.join(root, ...parts);

/** What may be thrown away at any time: it lives and dies with the installed packages. */
export const cacheFolder = inRoot('node_modules', '.cache', 'dcs');

export const serverEntry = inRoot('packages', 'api', 'src', 'cli', 'main.ts');

/** The folders of the workspace, each with a package.json. */
export const packages = ['packages/engine', 'packages/api', 'packages/web', 'bench'];

export function readJson(...parts) {
  return JSON.parse(readFileSync(inRoot(...parts), 'utf8'));
}

export const exists = (...parts) => existsSync(inRoot(...parts));
