import { createExperimentFold, experimentSchema } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import type { ModelCallSum } from '../../store/ports.ts';
import { experimentAlerts } from './experimentAlerts.ts';
import type { Watched } from './experimentAlerts.ts';
import { plannedFrom } from './plannedFrom.ts';

const REVISION = 'r1';
const NOW = 1_800_000_000_000;

/** A running experiment with which nothing is wrong but what a test says. */
function watched(changes: Partial<Omit<Watched, 'moment'>>): Watched {
  const config = experimentSchema.parse({ name: 'pilot', games: [{ name: 'explore' }] });
  const fold = createExperimentFold();
  fold.apply({ experiment: 'pilot', seq: 1, at: NOW, type: 'revised', revision: REVISION, by: null });
  const planned = plannedFrom({ config, dependencies: { games: [], characters: [] }, revision: REVISION });
  return {
    moment: { ...planned, state: fold.state, now: NOW, turnsOf: () => 0 },
    fileRevision: REVISION,
    inFlight: [],
    recentCalls: [],
    caps: [],
    modelPlayers: [],
    ...changes,
  };
}

const alertsOf = (changes: Partial<Omit<Watched, 'moment'>>) =>
  experimentAlerts(watched(changes)).map(({ id, severity }) => `${severity} ${id}`);

const asked = (role: 'scorer' | 'simulatorJudge', calls: number, failures: number): ModelCallSum => ({
  provider: 'openrouter',
  model: 'm',
  role,
  calls,
  failures,
  inputTokens: 0,
  outputTokens: 0,
  costUsd: 0,
  unpriced: calls,
  totalMs: 0,
});

describe('the alerts of an experiment', () => {
  it('are none where nothing is wrong', () => {
    expect(alertsOf({})).toEqual([]);
  });

  it('name a model that fails in one role, however well it does in the others', () => {
    const recentCalls = [asked('simulatorJudge', 90, 0), asked('scorer', 10, 10)];
    const [alert, ...others] = experimentAlerts(watched({ recentCalls }));
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ id: 'model-failing:openrouter:m:scorer', severity: 'error' });
    expect(alert?.message).toMatch(/^Of the last 10 calls to openrouter:m as scorer, 10 failed\./);
  });

  it('take failures of several for one trouble where none alone has failed often enough', () => {
    const recentCalls = [asked('simulatorJudge', 4, 2), asked('scorer', 4, 2)];
    expect(alertsOf({ recentCalls })).toEqual(['error model-failing']);
  });

  it('are not raised by a failure now and then', () => {
    expect(alertsOf({ recentCalls: [asked('scorer', 100, 20)] })).toEqual([]);
    expect(alertsOf({ recentCalls: [asked('scorer', 4, 4)] })).toEqual([]);
  });

  it('say when a cap is near, and when it is reached', () => {
    const cap = { measure: 'dollars', most: 100 } as const;
    expect(alertsOf({ caps: [{ ...cap, used: 79 }] })).toEqual([]);
    expect(alertsOf({ caps: [{ ...cap, used: 80 }] })).toEqual(['warning cap-near:dollars']);
    expect(alertsOf({ caps: [{ ...cap, used: 100 }] })).toEqual(['error cap-reached:dollars']);
  });

  it('say when the file is gone, and when it says something else', () => {
    expect(alertsOf({ fileRevision: null })).toEqual(['warning file-gone']);
    expect(alertsOf({ fileRevision: 'r2' })).toEqual(['warning file-changed']);
  });
});
