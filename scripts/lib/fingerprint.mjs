import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/** A hash of the contents and names of `files`, in whatever order they come; a missing file counts as such. */
export function fingerprint(files, extra = []) {
  const sum = Buffer.alloc(32);
  for (const file of new Set(files)) {
    const hash = createHash('sha256').update(`${path.relative(root, file)}\0`);
    const digest = hash.update(existsSync(file) ? readFileSync(file) : 'missing').digest();
    for (let at = 0; at < sum.length; at += 1) sum[at] ^= digest[at];
  }
  return createHash('sha256').update(sum).update(JSON.stringify(extra)).digest('hex');
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
