import { createHash } from 'node:crypto';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from './paths.mjs';

const UNFINISHED_MS = 5_000;

/**
 * Runs `work` while no other command of this checkout runs work of the same name: `npm start` and `npm test` at
 * the same time would delete files that the other one is writing. A lock whose owner is gone counts for nothing.
 */
export async function alone(name, work) {
  const checkout = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const file = path.join(os.tmpdir(), `dcs-${checkout}-${name}.lock`);
  while (!take(file)) await delay(200);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    // Where no lock can be written at all, going on is better than waiting for ever.
    if (error.code !== 'EEXIST') return true;
    if (isAbandoned(file)) rmSync(file, { force: true });
    return false;
  }
}

function isAbandoned(file) {
  try {
    const owner = Number(readFileSync(file, 'utf8'));
    // An empty file is a lock that is being written, or was never finished because the disk was full.
    return owner > 0 ? !isAlive(owner) : Date.now() - statSync(file).mtimeMs > UNFINISHED_MS;
  } catch {
    return false;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
