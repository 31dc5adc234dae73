import { describe, expect, it } from 'vitest';
import { sampleCall } from '../../store/contract/modelCalls.ts';
import { createTestWorld } from '../testWorld.ts';
import type { TestWorld } from '../testWorld.ts';

const DAY_MS = 86_400_000;
const NOW = 100 * DAY_MS;

const chain = ['openrouter:a', 'scripted'];
const modelChains = async () => ({
  opener: chain,
  updater: chain,
  playerJudge: ['scripted'],
  simulatorJudge: ['scripted'],
  scorer: ['scripted'],
});

async function used(): Promise<TestWorld> {
  const world = createTestWorld({ modelChains, now: () => NOW });
  await world.stores.modelCalls.add([
    sampleCall({ at: NOW - 1, model: 'a', role: 'opener' }),
    sampleCall({ at: NOW - 2, model: 'a', outcome: 'model/timeout', costUsd: null, totalMs: 4_800 }),
    sampleCall({ at: NOW - 2, model: 'a' }),
    sampleCall({ at: NOW - 40 * DAY_MS, model: 'old' }),
  ]);
  return world;
}

describe('dcs models', () => {
  it('shows who is asked for what, and what it took', async () => {
    const world = await used();
    const { exitCode, out, err } = await world.run('models');
    expect(exitCode).toBe(0);
    expect(out.split('\n')).toEqual([
      'opener          openrouter:a, then scripted',
      'updater         openrouter:a, then scripted',
      'playerJudge     scripted',
      'simulatorJudge  scripted',
      'scorer          scripted',
      '',
      'model         role     calls  failed  read  written     dollars  seconds each  p50  p95',
      'openrouter:a  opener       1       0   900       80      0.2500           1.2  1.2  1.2',
      'openrouter:a  updater      2       1  1800      160  0.2500 + ?           3.0  1.2  1.2',
      'total                      3       1  2700      240  0.5000 + ?           2.4',
      '',
    ]);
    expect(err).toContain('last 30 days');
    expect(world.openCount()).toBe(0);
  });

  it('looks back as far as it is told', async () => {
    const { out } = await (await used()).run('models', '--days', '50');
    expect(out).toContain('openrouter:old');
  });

  it('prints JSON for programs', async () => {
    const { out, err } = await (await used()).run('models', '--json');
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({
      models: { opener: chain },
      since: new Date(NOW - 30 * DAY_MS).toISOString(),
      use: [
        { provider: 'openrouter', model: 'a', role: 'opener', calls: 1 },
        { role: 'updater', calls: 2, failures: 1, unpriced: 1 },
      ],
      total: { calls: 3, costUsd: 0.5 },
    });
  });

  it('says so when nothing is recorded', async () => {
    const { exitCode, out } = await createTestWorld({ modelChains }).run('models');
    expect(exitCode).toBe(0);
    expect(out).toContain('No call is recorded in the database of the test');
  });

  it.each(['0', '-1', '1.5', 'week', '100000'])('refuses %s days', async (days) => {
    const { exitCode, err } = await createTestWorld({ modelChains }).run('models', `--days=${days}`);
    expect(exitCode).toBe(2);
    expect(err).toContain('days');
  });
});
