import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/** A hash of the contents and names of `files`; a missing file counts as such. */
export function fingerprint(files, extra = []) {
  const hash = createHash('sha256').update(JSON.stringify(extra));
  for (const file of [...files].sort()) {
    hash.update(`\0${path.relative(root, file)}\0`);
    hash.update(existsSync(file) ? readFileSync(file) : 'missing');
  }
  return hash.digest('hex');
}

/** Every file below `folder`, without what is made or installed there. */
export function filesBelow(folder, skip = ['node_modules', 'build', '.svelte-kit', '.vite']) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skip.includes(entry.name)) return [];
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(file, skip) : [file];
  });
}

export function readStamp(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

export function writeStamp(file, stamp) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, stamp);
}
