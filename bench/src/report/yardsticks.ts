import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { quantile } from './statistics.ts';

/** What the machine gives to anybody, by which figures of different machines can be compared. */
export interface Yardsticks {
  /** Until the disk has 4 kB, in the folder where the databases of the benchmarks are; median, in milliseconds. */
  readonly syncP50Ms: number;
  readonly syncP99Ms: number;
  /** One core writes a frame as JSON and reads it again; median, in microseconds. */
  readonly jsonUs: number;
}

const SYNCS = 300;
const JSON_ROUNDS = 200;
const JSON_PER_ROUND = 200;
const BLOCK = Buffer.alloc(4096, 1);

/** As long as an action and its reply. */
const FRAME = {
  type: 'events',
  events: [1, 2].map((seq) => ({ seq, turn: 1, kind: 'message', format: 'text', content: 'a'.repeat(150) })),
};

function syncTimes(): readonly number[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'dcs-bench-'));
  const file = openSync(path.join(folder, 'yardstick'), 'w');
  try {
    return Array.from({ length: SYNCS }, (_, index) => {
      const start = performance.now();
      writeSync(file, BLOCK, 0, BLOCK.length, index * BLOCK.length);
      fdatasyncSync(file);
      return performance.now() - start;
    });
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true, force: true });
  }
}

function jsonTimes(): readonly number[] {
  return Array.from({ length: JSON_ROUNDS }, () => {
    const start = performance.now();
    for (let count = 0; count < JSON_PER_ROUND; count++) JSON.parse(JSON.stringify(FRAME));
    return ((performance.now() - start) / JSON_PER_ROUND) * 1000;
  });
}

/** Takes half a second. */
export function measureYardsticks(): Yardsticks {
  const syncs = syncTimes();
  return {
    syncP50Ms: Number(quantile(syncs, 0.5).toFixed(2)),
    syncP99Ms: Number(quantile(syncs, 0.99).toFixed(2)),
    jsonUs: Number(quantile(jsonTimes(), 0.5).toFixed(2)),
  };
}
