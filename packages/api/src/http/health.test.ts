import { describe, expect, it } from 'vitest';
import { manualTimers, settled } from '../../test/support/manualTimers.ts';
import { createHealthCheck } from './health.ts';
import type { HealthCheck } from './health.ts';

function world(checks: readonly HealthCheck[]) {
  const timers = manualTimers();
  const lines: string[] = [];
  const note = (facts: object) => void lines.push(JSON.stringify(facts));
  let isDraining = false;
  const health = createHealthCheck({
    checks,
    isDraining: () => isDraining,
    clock: timers.clock,
    timers,
    logger: { info: note, warn: note },
  });
  return {
    health,
    timers,
    lines,
    drain: () => {
      isDraining = true;
    },
  };
}

function dependency(name: string) {
  let answer = (): Promise<void> => Promise.resolve();
  let asked = 0;
  return {
    check: {
      name,
      reason: `${name}/unavailable`,
      message: `The ${name} does not answer.`,
      check: () => {
        asked += 1;
        return answer();
      },
    },
    asked: () => asked,
    say: (next: () => Promise<void>) => {
      answer = next;
    },
  };
}

describe('the health of a server', () => {
  it('names what is missing, and what is not', async () => {
    const [database, redis] = [dependency('store'), dependency('redis')];
    redis.say(() => Promise.reject(new Error('gone')));
    const { health } = world([database.check, redis.check]);
    expect(await health()).toEqual({
      ok: false,
      reason: 'redis/unavailable',
      message: 'The redis does not answer.',
      checks: { store: 'ok', redis: 'failed' },
    });
  });

  it('takes no answer within two seconds for none', async () => {
    const database = dependency('store');
    database.say(() => new Promise(() => undefined));
    const { health, timers } = world([database.check]);
    const answer = health();
    await settled();
    timers.advance(2_000);
    expect(await answer).toMatchObject({ ok: false, reason: 'store/unavailable' });
  });

  it('asks once a second however often it is probed', async () => {
    const database = dependency('store');
    const { health, timers } = world([database.check]);
    await Promise.all([health(), health()]);
    timers.advance(999);
    await health();
    expect(database.asked()).toBe(1);
    timers.advance(1);
    await health();
    expect(database.asked()).toBe(2);
  });

  it('is noted in the log when it changes, not with every probe', async () => {
    const database = dependency('store');
    const { health, timers, lines } = world([database.check]);
    database.say(() => Promise.reject(new Error('gone')));
    for (let probe = 0; probe < 5; probe += 1) {
      await health();
      timers.advance(1_000);
    }
    expect(lines).toHaveLength(1);
    database.say(() => Promise.resolve());
    await health();
    expect(lines).toHaveLength(2);
  });

  it('is draining before the server stops, though nothing is missing', async () => {
    const { health, drain } = world([dependency('store').check]);
    drain();
    expect(await health()).toMatchObject({
      ok: false,
      reason: 'server/restarting',
      checks: { store: 'ok' },
    });
  });
});
