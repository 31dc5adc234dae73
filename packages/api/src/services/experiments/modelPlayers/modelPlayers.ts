import { createCancellation, dueModelPlayers } from '@dcs/engine';
import type { ExperimentManager, ModelPlayer } from '@dcs/engine';
import type { TaskLeases } from '../../../cluster/leases.ts';
import { errorFacts } from '../../../errors.ts';
import type { Timers } from '../../timers.ts';
import type { ExperimentPlans } from '../experimentPlans.ts';
import { createStandstills } from './standstills.ts';
import type { WaitingPlayer } from './standstills.ts';
import { takePartAsModel } from './takePartAsModel.ts';
import type { TakePartAsModelPorts, TakePartOutcome } from './takePartAsModel.ts';

export interface ModelPlayersPorts extends Omit<TakePartAsModelPorts, 'experiments' | 'plans'> {
  readonly experiments: Pick<ExperimentManager, 'run' | 'present' | 'onRecorded'>;
  /** Of the experiments that are offered here. */
  readonly plans: Pick<ExperimentPlans, 'names' | 'planned'>;
  readonly tasks: TaskLeases;
  readonly clock: { now(): number };
  readonly timers: Timers;
  /** Sessions that are played at the same time at this server, so that people are not kept waiting. 0: none. */
  readonly mostAtOnce: number;
  readonly onFault: (fault: unknown, experiment: string) => void;
}

/** Plays for the models that take part in experiments, at this server. */
export interface ModelPlayers {
  start(): void;
  /** Resolves when nothing is played any more. What is under way stays as it is, and is gone on with at the next start. */
  stop(): Promise<void>;
  /** Who waits here, and why. */
  waitingIn(experiment: string): readonly WaitingPlayer[];
}

/** What other servers record is seen by looking. */
const ROUND_MS = 3_000;
/** So that a crowd of people does not have models looked after many times a second. */
const SOON_MS = 250;
/** Another server plays for a participant, or has just lost it. */
const ELSEWHERE_MS = 2_000;

export function createModelPlayers(ports: ModelPlayersPorts): ModelPlayers {
  const { experiments, plans, tasks, clock, timers, mostAtOnce, onFault } = ports;
  const standstills = createStandstills(clock);
  const cancellation = createCancellation();
  const running = new Map<string, { readonly experiment: string; readonly job: Promise<void> }>();
  /** Participants that another server plays, until when this one does not ask again. */
  const elsewhere = new Map<string, number>();
  /** Experiments in which models take part, as far as they were looked at. */
  const known = new Set<string>();
  /** By experiment: when one of its participants was last begun with, as a number that grows. */
  const lastBegun = new Map<string, number>();
  let begun = 0;
  /** To be looked at. */
  const wanted = new Set<string>();
  let looking: Promise<void> | null = null;
  /** Something has come since it was begun to look. */
  let isNews = false;
  let soon: { cancel(): void } | null = null;
  let stops: (() => void)[] = [];
  let isStopped = false;

  const taskOf = ({ participantId }: ModelPlayer): string => `player:${participantId}`;

  const isFree = ({ participantId }: ModelPlayer): boolean =>
    !running.has(participantId) &&
    !standstills.isWaiting(participantId) &&
    (elsewhere.get(participantId) ?? 0) <= clock.now();

  /** Whether there was room for everybody who has something to do. */
  async function lookAt(experiment: string): Promise<boolean> {
    const moment = await experiments.present(experiment);
    if (moment === null || moment.plan.config.players.models.length === 0) {
      known.delete(experiment);
      return true;
    }
    known.add(experiment);
    for (const player of dueModelPlayers(moment).filter(isFree)) {
      if (isStopped || running.size >= mostAtOnce) return false;
      begin(experiment, player);
    }
    return true;
  }

  const runningIn = (experiment: string): number =>
    [...running.values()].filter((one) => one.experiment === experiment).length;

  /** Those first that play least, or began longest ago, so that none keeps the others waiting until it is done. */
  const inTurn = (left: string, right: string): number =>
    runningIn(left) - runningIn(right) || (lastBegun.get(left) ?? 0) - (lastBegun.get(right) ?? 0);

  async function lookAtAll(): Promise<void> {
    for (let hasRoom = true; hasRoom && wanted.size > 0 && !isStopped;) {
      const [experiment = ''] = [...wanted].toSorted(inTurn);
      wanted.delete(experiment);
      hasRoom = await lookAt(experiment).catch((fault: unknown) => {
        onFault(fault, experiment);
        return true;
      });
      // It is looked at again as soon as there is room, and so are the others.
      if (!hasRoom) wanted.add(experiment);
    }
  }

  function look(): void {
    soon = null;
    if (isStopped) return;
    isNews = looking !== null;
    looking ??= lookAtAll().finally(() => {
      looking = null;
      if (isNews) look();
    });
  }

  function lookSoon(names: Iterable<string>, ms = SOON_MS): void {
    for (const name of names) wanted.add(name);
    if (!isStopped) soon ??= timers.after(ms, look);
  }

  async function goRound(): Promise<void> {
    const names = await plans.names();
    for (const name of names) wanted.add(name);
    look();
  }

  const inBackground = (job: Promise<void>): void => {
    job.catch((fault: unknown) => onFault(fault, ''));
  };

  function begin(experiment: string, player: ModelPlayer): void {
    const { participantId } = player;
    begun += 1;
    lastBegun.set(experiment, begun);
    const job = play(experiment, player)
      .catch((fault: unknown): TakePartOutcome => {
        const { reason, message, unexpected } = errorFacts(fault);
        if (unexpected) onFault(fault, experiment);
        return { type: 'standsStill', why: { reason, message } };
      })
      .then((outcome) => {
        running.delete(participantId);
        settle(experiment, player, outcome);
      });
    running.set(participantId, { experiment, job });
  }

  async function play(experiment: string, player: ModelPlayer): Promise<TakePartOutcome> {
    const task = taskOf(player);
    if (!(await tasks.acquire(task)).granted) return { type: 'stopped' };
    try {
      return await takePartAsModel(ports, {
        experiment,
        player,
        cancellation: cancellation.signal,
        mayGoOn: () => !isStopped && tasks.holds(task),
        onMove: () => standstills.forget(player.participantId),
      });
    } finally {
      await tasks.release(task);
    }
  }

  function settle(experiment: string, player: ModelPlayer, outcome: TakePartOutcome): void {
    const { participantId } = player;
    if (isStopped) return;
    if (outcome.type === 'standsStill') {
      const ms = standstills.wait(experiment, player, outcome.why);
      // A little later than it may be tried, so that it is not looked at too early.
      timers.after(ms + 1, () => lookSoon([experiment], 0));
    } else {
      standstills.forget(participantId);
      if (outcome.type === 'stopped') {
        elsewhere.set(participantId, clock.now() + ELSEWHERE_MS);
        timers.after(ELSEWHERE_MS + 1, () => lookSoon([experiment], 0));
      } else {
        elsewhere.delete(participantId);
      }
    }
    // There is room for another one, whosever it is.
    lookSoon([experiment, ...known]);
  }

  return {
    waitingIn: (experiment) => standstills.of(experiment),
    start: () => {
      if (mostAtOnce === 0) return;
      const rounds = timers.every(ROUND_MS, () => inBackground(goRound()));
      const deaf = experiments.onRecorded((experiment) => {
        if (known.has(experiment)) lookSoon([experiment]);
      });
      stops = [() => rounds.cancel(), deaf];
      inBackground(goRound());
    },
    stop: async () => {
      isStopped = true;
      for (const stop of stops) stop();
      soon?.cancel();
      cancellation.abort();
      await looking;
      await Promise.all([...running.values()].map(({ job }) => job));
    },
  };
}
