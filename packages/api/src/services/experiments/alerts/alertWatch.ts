import type { ExperimentManager, ExperimentMoment } from '@dcs/engine';
import type { AlertCountsDto, AlertDto } from '../../../alertDto.ts';
import type { Timers } from '../../timers.ts';
import { experimentAlerts } from '../experimentAlerts.ts';
import type { Watched } from '../experimentAlerts.ts';
import { titleOf } from '../experimentDtos.ts';
import type { ExperimentPlans } from '../experimentPlans.ts';
import type { StandingAlert, TellAlert } from './standingAlert.ts';

export interface AlertWatchPorts {
  readonly experiments: Pick<ExperimentManager, 'present' | 'onRecorded'>;
  readonly plans: Pick<ExperimentPlans, 'names' | 'reread'>;
  /** What the alerts of an experiment are told by. */
  readonly read: (moment: ExperimentMoment) => Promise<Watched>;
  readonly tell: TellAlert;
  readonly clock: { now(): number };
  readonly timers: Timers;
  /** An experiment could not be looked at: it is tried again in the next round, and its alerts stay as they were. */
  readonly onFault: (fault: unknown, experiment: string) => void;
}

/** Looks at all experiments that have started, also when nobody looks at a page. */
export interface AlertWatch {
  /** As of the last look. */
  readonly standing: readonly StandingAlert[];
  /** Of experiments that have any, by name. */
  counts(): readonly AlertCountsDto[];
  /** Calls back whenever `standing` is another. Call the result to stop. */
  onChanged(listener: () => void): () => void;
  start(): void;
  /** Resolves when nothing is looked at any more. */
  stop(): Promise<void>;
}

const ROUND_MS = 60_000;
/** After something was recorded: much comes at once, and a look takes some queries. */
const SOON_MS = 2_000;
/** Of one experiment. Whoever has to see to these does not need to know of more. */
const MOST_ALERTS = 200;

export function createAlertWatch(ports: AlertWatchPorts): AlertWatch {
  const { experiments, plans, clock, timers } = ports;
  let standing: readonly StandingAlert[] = [];
  const listeners = new Set<() => void>();
  /** Looks that are to come, by experiment. */
  const soon = new Map<string, { cancel(): void }>();
  /** One at a time, so that an older look never comes after a newer one. */
  let looking: Promise<void> = Promise.resolve();
  let isStopped = false;
  let cancels: readonly (() => void)[] = [];

  function settle(experiment: string, title: string, found: readonly AlertDto[]): void {
    const at = clock.now();
    const before = new Map(
      standing.filter((one) => one.experiment === experiment).map((one) => [one.id, one]),
    );
    const after = found.slice(0, MOST_ALERTS).map((alert): StandingAlert => {
      const since = before.get(alert.id)?.since ?? at;
      return { ...alert, experiment, title, since };
    });
    const ids = new Set(after.map(({ id }) => id));
    const begun = after.filter(({ id }) => !before.has(id));
    const ended = [...before.values()].filter(({ id }) => !ids.has(id));
    standing = [...standing.filter((one) => one.experiment !== experiment), ...after];
    for (const alert of begun) ports.tell({ state: 'begun', alert, at });
    for (const alert of ended) ports.tell({ state: 'ended', alert, at });
    if (begun.length + ended.length > 0) for (const listener of listeners) listener();
  }

  async function look(experiment: string): Promise<void> {
    if (isStopped) return;
    try {
      const moment = await experiments.present(experiment);
      // Of what has not started, nothing can go wrong.
      if (moment === null || moment.state.revision === null) return settle(experiment, experiment, []);
      settle(experiment, titleOf(moment.plan.config), experimentAlerts(await ports.read(moment)));
    } catch (fault) {
      ports.onFault(fault, experiment);
    }
  }

  async function goRound(): Promise<void> {
    try {
      await plans.reread();
      const names = await plans.names();
      const gone = new Set(standing.map(({ experiment }) => experiment));
      for (const name of names) {
        gone.delete(name);
        await look(name);
      }
      for (const name of gone) settle(name, name, []);
    } catch (fault) {
      ports.onFault(fault, '');
    }
  }

  function next(job: () => Promise<void>): void {
    looking = looking.then(job);
  }

  function lookSoon(experiment: string): void {
    if (isStopped || soon.has(experiment)) return;
    const timer = timers.after(SOON_MS, () => {
      soon.delete(experiment);
      next(() => look(experiment));
    });
    soon.set(experiment, timer);
  }

  return {
    get standing() {
      return standing;
    },
    counts: () =>
      [...Map.groupBy(standing, ({ experiment }) => experiment)]
        .map(([name, alerts]) => ({
          name,
          title: alerts[0]?.title ?? name,
          errors: alerts.filter(({ severity }) => severity === 'error').length,
          warnings: alerts.filter(({ severity }) => severity === 'warning').length,
        }))
        .toSorted((left, right) => (left.name < right.name ? -1 : 1)),
    onChanged: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start: () => {
      const rounds = timers.every(ROUND_MS, () => next(goRound));
      cancels = [experiments.onRecorded(lookSoon), () => rounds.cancel()];
      next(goRound);
    },
    stop: async () => {
      isStopped = true;
      for (const cancel of cancels) cancel();
      for (const timer of soon.values()) timer.cancel();
      await looking;
    },
  };
}
