import { createExperimentFold, experimentSchema } from '@dcs/engine';
import type { ExperimentMoment } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import { manualTimers, settled } from '../../../../test/support/manualTimers.ts';
import { plannedFrom } from '../plannedFrom.ts';
import { createAlertGauge } from './alertGauge.ts';
import { createAlertLog } from './alertLog.ts';
import { alertTicks } from './alertTicks.ts';
import { createAlertWatch } from './alertWatch.ts';
import { furtherAlerts } from './furtherAlerts.ts';
import type { AlertNews } from './standingAlert.ts';
import { standingAlert } from './testing.ts';

const MINUTE_MS = 60_000;
const REVISION = 'r1';

/** Experiments of which a test says whether they are paused; all have started unless it says so. */
function world(names: readonly string[] = ['pilot']) {
  const timers = manualTimers();
  const paused = new Set<string>();
  const notStarted = new Set<string>();
  const offered = [...names];
  const told: AlertNews[] = [];
  const faults: unknown[] = [];
  const looked: string[] = [];
  const listeners = new Set<(experiment: string, lastSeq: number) => void>();
  let failing = false;

  function momentOf(name: string): ExperimentMoment {
    const config = experimentSchema.parse({ name, title: `The ${name}`, games: [{ name: 'explore' }] });
    const fold = createExperimentFold();
    const at = timers.clock.now();
    if (!notStarted.has(name)) {
      fold.apply({ experiment: name, seq: 1, at, type: 'revised', revision: REVISION, by: null });
      if (paused.has(name))
        fold.apply({ experiment: name, seq: 2, at, type: 'paused', by: null, reason: '' });
    }
    const planned = plannedFrom({ config, dependencies: { games: [], characters: [] }, revision: REVISION });
    return { ...planned, state: fold.state, now: at, turnsOf: () => 0 };
  }

  const watch = createAlertWatch({
    experiments: {
      present: (name) => {
        looked.push(name);
        return Promise.resolve(offered.includes(name) ? momentOf(name) : null);
      },
      onRecorded: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    plans: { names: () => Promise.resolve(offered), reread: () => Promise.resolve([]) },
    read: (moment) =>
      failing
        ? Promise.reject(new Error('The database is away.'))
        : Promise.resolve({
            moment,
            fileRevision: REVISION,
            inFlight: [],
            recentCalls: [],
            caps: [],
            modelPlayers: [],
          }),
    tell: (news) => void told.push(news),
    clock: timers.clock,
    timers,
    onFault: (fault) => void faults.push(fault),
  });
  return {
    watch,
    timers,
    paused,
    notStarted,
    offered,
    told,
    faults,
    looked,
    record: (name: string) => {
      for (const listener of listeners) listener(name, 1);
    },
    fail: (isFailing: boolean) => {
      failing = isFailing;
    },
    round: async () => {
      timers.advance(MINUTE_MS);
      await settled();
    },
  };
}

const newsOf = (told: readonly AlertNews[]) =>
  told.map(({ state, alert: { experiment, id } }) => `${experiment}/${id} ${state}`);

describe('the watch over experiments', () => {
  it('tells of an alert once when it begins and once when it is over, without anybody looking', async () => {
    const one = world();
    one.paused.add('pilot');
    one.watch.start();
    await settled();
    expect(newsOf(one.told)).toEqual(['pilot/paused begun']);
    await one.round();
    await one.round();
    expect(one.told).toHaveLength(1);
    expect(one.watch.standing).toMatchObject([{ experiment: 'pilot', title: 'The pilot', since: 1_000_000 }]);
    one.paused.delete('pilot');
    await one.round();
    expect(newsOf(one.told)).toEqual(['pilot/paused begun', 'pilot/paused ended']);
    expect(one.told[1]).toMatchObject({ at: 1_000_000 + 3 * MINUTE_MS, alert: { since: 1_000_000 } });
    expect(one.watch.standing).toEqual([]);
    await one.watch.stop();
  });

  it('looks soon after something was recorded, and once however much that is', async () => {
    const one = world();
    one.watch.start();
    await settled();
    const before = one.looked.length;
    one.paused.add('pilot');
    for (let event = 0; event < 100; event += 1) one.record('pilot');
    one.timers.advance(5_000);
    await settled();
    expect(newsOf(one.told)).toEqual(['pilot/paused begun']);
    expect(one.looked.length).toBe(before + 1);
    await one.watch.stop();
  });

  it('leaves alone what has not started, and ends what was told of an experiment that is gone', async () => {
    const one = world(['gone', 'later']);
    one.paused.add('gone').add('later');
    one.notStarted.add('later');
    one.watch.start();
    await settled();
    expect(newsOf(one.told)).toEqual(['gone/paused begun']);
    one.offered.shift();
    await one.round();
    expect(newsOf(one.told)).toEqual(['gone/paused begun', 'gone/paused ended']);
    await one.watch.stop();
  });

  it('keeps what it knows when it cannot look, says so, and looks again', async () => {
    const one = world();
    one.paused.add('pilot');
    one.watch.start();
    await settled();
    one.fail(true);
    await one.round();
    expect(one.faults).toHaveLength(1);
    expect(one.watch.counts()).toEqual([{ name: 'pilot', title: 'The pilot', errors: 0, warnings: 1 }]);
    one.fail(false);
    one.paused.clear();
    await one.round();
    expect(one.watch.counts()).toEqual([]);
    await one.watch.stop();
  });

  it('stops for good', async () => {
    const one = world();
    one.watch.start();
    await settled();
    one.record('pilot');
    await one.watch.stop();
    expect(one.timers.pending).toBe(0);
    one.record('pilot');
    expect(one.timers.pending).toBe(0);
  });

  it('tells those who follow it how many there are, from the beginning and whenever that changes', async () => {
    const one = world();
    const leaving = new AbortController();
    const ticks = alertTicks(one.watch, leaving.signal);
    expect((await ticks.next()).value).toEqual([]);
    const next = ticks.next();
    one.paused.add('pilot');
    one.watch.start();
    expect((await next).value).toMatchObject([{ name: 'pilot', warnings: 1 }]);
    const last = ticks.next();
    leaving.abort();
    expect(await last).toEqual({ value: undefined, done: true });
    await one.watch.stop();
  });
});

describe('alerts about sessions that a dashboard does not show', () => {
  it('are those that the server knows of, as long as they are played', () => {
    const config = experimentSchema.parse({ name: 'pilot', games: [{ name: 'explore' }] });
    const fold = createExperimentFold();
    const place = { experiment: 'pilot', at: 0 };
    fold.apply({ ...place, seq: 1, type: 'revised', revision: REVISION, by: null });
    fold.apply({ ...place, seq: 2, type: 'joined', participantId: 'ann', kind: 'human', number: 1 });
    let seq = 2;
    for (const sessionId of ['shown', 'further', 'over']) {
      const of = { ...place, participantId: 'ann', assignmentId: `of ${sessionId}` };
      const given = { game: 'explore', pc: null, npc: null, revision: REVISION, chosen: false };
      fold.apply({ ...of, ...given, seq: (seq += 1), type: 'assigned' });
      fold.apply({ ...of, sessionId, seq: (seq += 1), type: 'assignmentStarted' });
      if (sessionId !== 'over') continue;
      const end = { sessionId, reason: 'game_completed', turns: 2 };
      fold.apply({ ...of, ...end, seq: (seq += 1), type: 'assignmentCompleted' });
    }
    const { plan } = plannedFrom({ config, dependencies: { games: [], characters: [] }, revision: REVISION });
    const about = (sessionId: string | null, experiment = 'pilot') =>
      standingAlert({ id: `session-left:${sessionId}`, kind: 'session-left', sessionId, experiment });
    const standing = [
      about('shown'),
      about('further'),
      about('over'),
      about(null),
      about('further', 'other'),
    ];
    const found = furtherAlerts({ state: fold.state, plan }, [{ sessionId: 'shown' }], standing);
    expect(found).toEqual([
      {
        id: 'session-left:further',
        kind: 'session-left',
        severity: 'warning',
        message: 'This experiment is paused.',
        sessionId: 'further',
      },
    ]);
  });
});

describe('what is told of alerts', () => {
  it('is a warning in the log when one begins and a line when it is over, without a word of people', () => {
    const lines: [string, unknown][] = [];
    const log = createAlertLog({
      warn: (facts: unknown) => void lines.push(['warn', facts]),
      info: (facts: unknown) => void lines.push(['info', facts]),
    });
    const alert = standingAlert({
      id: 'session-stuck:s1',
      kind: 'session-stuck',
      severity: 'error',
      sessionId: 's1',
    });
    log({ state: 'begun', alert, at: 1_000_000 });
    log({ state: 'ended', alert, at: 1_090_000 });
    const facts = {
      experiment: 'pilot',
      alert: 'session-stuck',
      alertId: 'session-stuck:s1',
      severity: 'error',
      sessionId: 's1',
    };
    expect(lines).toEqual([
      ['warn', facts],
      ['info', { ...facts, seconds: 90 }],
    ]);
  });

  it('is a figure for each kind, which falls to nought, of a bounded number of experiments', () => {
    let standing = [standingAlert()];
    const read = createAlertGauge(() => standing);
    const valueOf = (experiment: string, kind: string) =>
      read().find(({ labelValues }) => labelValues[0] === experiment && labelValues[1] === kind)?.value;
    expect(valueOf('pilot', 'paused')).toBe(1);
    expect(valueOf('pilot', 'cap-near')).toBe(0);
    standing = [];
    expect(valueOf('pilot', 'paused')).toBe(0);
    standing = Array.from({ length: 300 }, (_, index) => standingAlert({ experiment: `study-${index}` }));
    expect(new Set(read().map(({ labelValues }) => labelValues[0])).size).toBe(101);
    expect(valueOf('(others)', 'paused')).toBe(201);
  });
});
