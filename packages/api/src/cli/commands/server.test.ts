import { describe, expect, it } from 'vitest';
import { CliFailure } from '../cliFailure.ts';
import type { RunningServer, StopSignal } from '../serving.ts';
import { createTestWorld } from '../testWorld.ts';

/** A server that does what it is told, and a person who presses keys. */
function createScene(over: Partial<RunningServer> = {}) {
  const failure = Promise.withResolvers<Error>();
  const started = Promise.withResolvers<void>();
  const done: string[] = [];
  let press: (signal: StopSignal) => void = () => undefined;
  let now = 0;
  const world = createTestWorld({
    now: () => now,
    startServer: async (flags) => {
      done.push(`start ${JSON.stringify(flags)}`);
      started.resolve();
      const stop = async () => void done.push('stop');
      return { url: 'http://localhost:1', where: 'a database', failed: failure.promise, stop, ...over };
    },
    onSignal: (listener) => {
      press = listener;
      return () => void done.push('deaf');
    },
    abandon: (exitCode) => void done.push(`abandon ${exitCode}`),
  });
  return {
    world,
    done,
    started: started.promise,
    fail: failure.resolve,
    press: (signal: StopSignal, at: number) => {
      now = at;
      press(signal);
    },
  };
}

describe('dcs server', () => {
  it('says where it is and where data are kept, and ends on SIGTERM with 0', async () => {
    const { world, done, started, press } = createScene();
    const running = world.run('server');
    await started;
    press('SIGTERM', 0);
    const { exitCode, out } = await running;
    expect(exitCode).toBe(0);
    expect(out).toContain('DCS is running at http://localhost:1\nData are kept in a database.\n');
    expect(done).toEqual(['start {}', 'stop', 'deaf']);
  });

  it('says when nothing is kept', async () => {
    const { world, started, press } = createScene({ where: null });
    const running = world.run('server', '--in-memory');
    await started;
    press('SIGINT', 0);
    expect((await running).out).toContain('Nothing is kept');
  });

  it('passes its options on', async () => {
    const { world, done, started, press } = createScene();
    const running = world.run('server', '-p', '0', '--host', '::1', '--headless', '--data-dir', 'x');
    await started;
    press('SIGINT', 0);
    await running;
    expect(done[0]).toBe('start {"port":0,"host":"::1","headless":true,"dataDir":"x"}');
  });

  it('ends at once on a second signal, but not when one press arrives twice', async () => {
    const stopping = Promise.withResolvers<void>();
    const { world, done, started, press } = createScene({ stop: () => stopping.promise });
    const running = world.run('server');
    await started;
    press('SIGINT', 100);
    press('SIGINT', 102);
    expect(done).not.toContain('abandon 130');
    press('SIGINT', 1_000);
    expect(done).toContain('abandon 130');
    stopping.resolve();
    expect((await running).exitCode).toBe(0);
  });

  it('stops after it has started when it is asked to while it starts', async () => {
    const { world, done, press } = createScene();
    const running = world.run('server');
    await expect.poll(() => done.length).toBeGreaterThan(0);
    press('SIGTERM', 0);
    expect((await running).exitCode).toBe(0);
    expect(done).toContain('stop');
  });

  it('ends with 1 and the reason when its database ends', async () => {
    const { world, done, started, fail } = createScene();
    const running = world.run('server');
    await started;
    fail(new CliFailure('The database stopped.'));
    const { exitCode, err } = await running;
    expect({ exitCode, err }).toEqual({ exitCode: 1, err: 'The database stopped.\n' });
    expect(done).toContain('stop');
  });

  it('ends with 1 when stopping fails', async () => {
    const { world, started, press } = createScene({
      stop: () => Promise.reject(new CliFailure('It hangs.')),
    });
    const running = world.run('server');
    await started;
    press('SIGTERM', 0);
    expect(await running).toMatchObject({ exitCode: 1, err: 'It hangs.\n' });
  });

  it('says in one message why it cannot start, and stops listening for signals', async () => {
    const { done } = createScene();
    const world = createTestWorld({
      startServer: () => Promise.reject(new CliFailure('Port 80 is taken.')),
      onSignal: () => () => void done.push('deaf'),
    });
    expect(await world.run('server')).toEqual({ exitCode: 1, out: '', err: 'Port 80 is taken.\n' });
    expect(done).toEqual(['deaf']);
  });
});
