import { mkdtempSync, statfsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Where Linux keeps files in memory. */
const IN_MEMORY = '/dev/shm';
/** Several databases at a time, each with its journal; and as much memory that nobody uses. */
const ROOM = 6 * 1024 ** 3;

function hasRoom() {
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return Math.min(bavail * bsize, os.freemem()) >= ROOM;
  } catch {
    return false;
  }
}

const createIn = (parent) => mkdtempSync(path.join(parent, 'dcs-tests-'));

/**
 * Makes a folder for all that tests write; whoever calls removes it. In memory where there is plenty: tests start some hundred
 * databases and wait for each of their writes, and a disk makes them no better. `TMPDIR` says otherwise.
 */
export function createTestFolder() {
  if (process.env.TMPDIR === undefined && hasRoom()) {
    try {
      return createIn(IN_MEMORY);
    } catch {
      // Not ours to write to: a disk serves as well.
    }
  }
  return createIn(os.tmpdir());
}
