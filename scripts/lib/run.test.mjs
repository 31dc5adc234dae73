import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { fingerprint } from './fingerprint.mjs';
import { explain } from './install.mjs';
import { alone } from './lock.mjs';
import { assertPortFree, listenAddress } from './port.mjs';

const folder = mkdtempSync(path.join(os.tmpdir(), 'dcs-scripts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a failed installation', () => {
  it.each([
    [
      'npm error code EAI_AGAIN\nnpm error request to https://registry.example.org failed',
      'cannot be reached',
    ],
    [
      'ERR_PNPM_META_FETCH_FAIL  GET https://registry.example.org/x: connect ECONNREFUSED',
      'cannot be reached',
    ],
    ['ENOSPC: no space left on device, write', 'disk is full'],
    ['Failed to write to file at "/x": No\n  │ space left on device (os error 28)', 'disk is full'],
    ["EACCES: permission denied, mkdir '/x/node_modules'", 'owner or the rights'],
    ['ERR_PNPM_OUTDATED_LOCKFILE Cannot install with "frozen-lockfile"', 'pnpm-lock.yaml does not fit'],
    ['something nobody has seen before', 'something nobody has seen before'],
  ])('is told in one message that says what to do: %s', (output, message) => {
    expect(explain(output)).toContain(message);
  });
});

describe('the address of the server', () => {
  it('comes from its options, then from the environment, then from the defaults', () => {
    const env = { PORT: '6000', HOST: '0.0.0.0' };
    expect(listenAddress(['--port', '7000', '--host=::1'], env)).toEqual({ port: 7000, host: '::1' });
    expect(listenAddress([], env)).toEqual({ port: 6000, host: '0.0.0.0' });
  });

  it('is refused before anything starts when another program listens there', async () => {
    const other = net.createServer((socket) => socket.resume().end('not a web server'));
    const port = await new Promise((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve(other.address().port));
    });
    await expect(assertPortFree({ host: '127.0.0.1', port })).rejects.toThrow(`PORT=${port + 1} npm start`);
    await new Promise((resolve) => other.close(resolve));
    await expect(assertPortFree({ host: '127.0.0.1', port })).resolves.toBeUndefined();
  });
});

describe('a fingerprint', () => {
  it('changes with every content, name and absence, and not with the order of the files', () => {
    const [one, two] = [path.join(folder, 'one'), path.join(folder, 'two')];
    writeFileSync(one, 'a');
    writeFileSync(two, 'b');
    const both = fingerprint([one, two]);
    expect(fingerprint([two, one, one])).toBe(both);
    expect(fingerprint([one])).not.toBe(both);
    writeFileSync(one, 'b');
    writeFileSync(two, 'a');
    expect(fingerprint([one, two])).not.toBe(both);
    rmSync(two);
    expect(fingerprint([one, two])).not.toBe(fingerprint([one]));
    expect(fingerprint([one], ['arm64'])).not.toBe(fingerprint([one], ['x64']));
  });
});

describe('the command line of the scripts', () => {
  it('names its commands when it is given another one', () => {
    const script = path.join(import.meta.dirname, '..', 'run.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, 'begin'], { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toContain('start|test|check|dev');
  });
});

describe('work that two commands must not do at once', () => {
  it('is done one after the other, and again after a failure', async () => {
    const steps = [];
    const work = (name) => async () => {
      steps.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      steps.push(`${name} ends`);
    };
    await expect(alone('test', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await Promise.all([alone('test', work('a')), alone('test', work('b'))]);
    expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('does not wait for a command that was killed', async () => {
    const lock = pathToFileURL(path.join(import.meta.dirname, 'lock.mjs')).href;
    const program = `import { alone } from '${lock}'; await alone('test', () => process.kill(process.pid, 'SIGKILL'));`;
    spawnSync(process.execPath, ['--input-type=module', '-e', program]);
    await expect(alone('test', () => Promise.resolve('done'))).resolves.toBe('done');
  });
});
