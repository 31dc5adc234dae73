import { readFileSync } from 'node:fs';
import path from 'node:path';
import { filesBelow, fingerprint, readStamp, writeStamp } from './fingerprint.mjs';
import { alone } from './lock.mjs';
import { findNode24 } from './node24.mjs';
import { exists, inRoot } from './paths.mjs';
import { capture } from './processes.mjs';
import { Problem, step } from './ui.mjs';

const WEB = inRoot('packages', 'web');
/** Inside the build, so that it disappears together with what it vouches for. */
const STAMP = path.join(WEB, 'build', '.stamp');
const WORKSPACE = {
  '@dcs/engine': inRoot('packages', 'engine', 'src', 'index.ts'),
  '@dcs/api/client': inRoot('packages', 'api', 'src', 'client', 'index.ts'),
  '@dcs/api': inRoot('packages', 'api', 'src', 'index.ts'),
};
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s(?!type\s)(?:[^;'"]*?\bfrom\s*)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]/g;

const isTest = (file) => file.endsWith('.test.ts');

/** The page's own files and every module of ours they run; types leave no trace in a build. */
function webSources() {
  const own = filesBelow(WEB).filter((file) => !isTest(file));
  const seen = new Set(own);
  const open = own.filter((file) => /\.(ts|js|svelte)$/.test(file));
  for (const file of open) {
    for (const imported of importsOf(file)) {
      if (seen.has(imported)) continue;
      seen.add(imported);
      open.push(imported);
    }
  }
  return [...seen, inRoot('pnpm-lock.yaml')];
}

/** What a source imports or exports from elsewhere, as it is written there; types are left out. */
export function importedNames(text) {
  return [...text.matchAll(IMPORT)].map(([, fixed, dynamic]) => fixed ?? dynamic);
}

function importsOf(file) {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return importedNames(text).flatMap((name) => {
    if (name.startsWith('.')) return [path.resolve(path.dirname(file), name)];
    return WORKSPACE[name] ? [WORKSPACE[name]] : [];
  });
}

/** Builds the page when its sources are newer than its build. */
export async function ensureWebBuilt() {
  if (!exists('packages', 'web', 'vite.config.ts') || isBuilt(fingerprint(webSources()))) return;
  await alone('build', async () => {
    const stamp = fingerprint(webSources());
    if (isBuilt(stamp)) return;
    await step('Building the web page', build);
    writeStamp(STAMP, stamp);
  });
}

function isBuilt(stamp) {
  return readStamp(STAMP) === stamp && exists('packages', 'web', 'build', 'handler.js');
}

async function build() {
  const vite = path.join(WEB, 'node_modules', 'vite', 'bin', 'vite.js');
  const { code, output, error } = await capture(findNode24(), [vite, 'build'], { cwd: WEB });
  if (code === 0) return;
  if (/ENOSPC|no space left/i.test(output))
    throw new Problem('The disk is full. Free some space and run the command again.');
  throw new Problem(`The web page could not be built.\n\n${error?.message ?? lastLines(output)}`);
}

/** A bundler lists every file before it says what went wrong. */
function lastLines(output) {
  return output.trim().split('\n').slice(-30).join('\n');
}

/** Writes the types that SvelteKit derives from the routes; editors, tests and checks read them. */
export async function ensureWebTypes() {
  if (!exists('packages', 'web', 'vite.config.ts') || exists('packages', 'web', 'node_modules', '$app'))
    return;
  await step('Preparing web types', async () => {
    const kit = path.join(WEB, 'node_modules', '@sveltejs', 'kit', 'svelte-kit.js');
    const { code, output } = await capture(findNode24(), [kit, 'sync'], { cwd: WEB });
    if (code !== 0) throw new Problem(`The types of the web page could not be written.\n\n${output.trim()}`);
  });
}
