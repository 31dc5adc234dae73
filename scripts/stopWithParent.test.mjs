import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { stopWithParent } from './lib/node24.mjs';

/** Runs a program as `npm start` runs the server. */
const run = (program) =>
  spawn(process.execPath, [...stopWithParent, '--eval', program], { stdio: ['pipe', 'pipe', 'inherit'] });

/** The server simulates experiments in one. */
const HAS_A_THREAD = `
  const { Worker } = require('node:worker_threads');
  new Worker(new URL('data:text/javascript,process.stdin.resume()'));
`;

describe('a program that stops with its parent', () => {
  it('is asked to stop when the pipe from its parent closes', async () => {
    const child = run(
      "process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1e6); console.log('up')",
    );
    await once(child.stdout, 'data');
    child.stdin.end();
    expect(await once(child, 'exit')).toEqual([7, null]);
  });

  it('goes on when a thread of its own, which has no parent, has read to its end', async () => {
    const child = run(HAS_A_THREAD);
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
