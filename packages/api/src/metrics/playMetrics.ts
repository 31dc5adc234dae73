import type { SnapshotMeter, TurnMeter } from '@dcs/engine';
import type { LeaseMeter } from '../cluster/leaseMeter.ts';
import type { RecoveryMeter } from '../cluster/recoveryTally.ts';
import { BREAKER_STATES } from '../models/guardedModel.ts';
import type { GuardedModel } from '../models/guardedModel.ts';
import type { ModelMeter } from '../models/meteredModel.ts';
import type { ProviderMeter } from '../models/providerMeter.ts';
import type { GroupCommitMeter } from '../store/groupCommit.ts';
import type { Instruments } from './instruments.ts';
import { DURATION, SIZE } from './scales.ts';

/** Turns and the parts of them that take time. */
export function createTurnMeter(instruments: Instruments): TurnMeter {
  const turns = instruments.count({
    name: 'dcs_turns_total',
    help: 'Turns played, by game; outcome says whether the game accepted the action.',
    labels: ['game', 'outcome'],
  });
  const phases = instruments.distribution({
    name: 'dcs_turn_phase_seconds',
    help: 'Time in the parts of a turn: queued, action (durable), model, reply (durable), total.',
    labels: ['phase'],
    ...DURATION,
  });
  return {
    now: () => performance.now(),
    turn: (game, accepted) => turns(game, accepted ? 'accepted' : 'refused').add(),
    phase: (name, ms) => phases(name).observe(ms),
  };
}

/** What models were asked, and how it went. */
export function createModelMeter(instruments: Instruments): ModelMeter {
  const calls = instruments.count({
    name: 'dcs_model_calls_total',
    help: 'Answers asked of a model, by role; outcome is ok, or the reason why there was none.',
    labels: ['role', 'outcome'],
  });
  const times = instruments.distribution({
    name: 'dcs_model_call_seconds',
    help: 'Time until a model had answered or failed, by role.',
    labels: ['role'],
    ...DURATION,
  });
  return {
    asked: (role, outcome, ms) => {
      calls(role, outcome).add();
      times(role).observe(ms);
    },
  };
}

/** Calls to providers, and how the models behind them do. */
export function createProviderMeter(instruments: Instruments): ProviderMeter {
  const calls = instruments.count({
    name: 'dcs_provider_calls_total',
    help: 'Calls to models behind providers, repetitions included; outcome is ok, or why there was no answer.',
    labels: ['model', 'outcome'],
  });
  const tokens = instruments.count({
    name: 'dcs_provider_tokens_total',
    help: 'Tokens that models have read (input) and written (output), estimated where the provider does not tell.',
    labels: ['model', 'direction'],
  });
  const cost = instruments.count({
    name: 'dcs_provider_cost_dollars_total',
    help: 'What the calls cost in US dollars, as far as it is known.',
    labels: ['model'],
  });
  const firstBytes = instruments.distribution({
    name: 'dcs_provider_first_byte_seconds',
    help: 'Time until the first byte of an answer.',
    labels: ['model'],
    ...DURATION,
  });
  const guarded: GuardedModel[] = [];
  instruments.gauges(
    {
      name: 'dcs_provider_breaker',
      help: '0: the model is asked. 1: one question finds out whether it is back. 2: it is left alone.',
      labels: ['model'],
    },
    () => guarded.map(({ id, breaker }) => ({ labelValues: [id], value: BREAKER_STATES.indexOf(breaker) })),
  );
  return {
    guarded: (model) => void guarded.push(model),
    called: (model, { ending, use, firstByteMs }) => {
      calls(model, ending.ok ? 'ok' : ending.failure.reason).add();
      tokens(model, 'input').add(use.inputTokens);
      tokens(model, 'output').add(use.outputTokens);
      if (use.costUsd !== null) cost(model).add(use.costUsd);
      if (firstByteMs !== null) firstBytes(model).observe(firstByteMs);
    },
  };
}

/** Writing events in batches. */
export function createCommitMeter(instruments: Instruments): GroupCommitMeter {
  let waiting = 0;
  instruments.gauge(
    { name: 'dcs_commit_queue_events', help: 'Events that wait to become durable.' },
    () => waiting,
  );
  const sizes = instruments.distribution({
    name: 'dcs_commit_batch_events',
    help: 'Events in a batch that was written.',
    ...SIZE,
  });
  const times = instruments.distribution({
    name: 'dcs_commit_batch_seconds',
    help: 'Time until a batch was durable.',
    ...DURATION,
  });
  const failures = instruments.count({
    name: 'dcs_commit_failures_total',
    help: 'Batches that were given up.',
  });
  const [size, time, failure] = [sizes(), times(), failures()];
  return {
    batch: (events, ms) => {
      size.observe(events);
      time.observe(ms);
    },
    queued: (depth) => {
      waiting = depth;
    },
    failed: () => failure.add(),
  };
}

/** What loads sessions faster. */
export function createSnapshotMeter(instruments: Instruments): SnapshotMeter {
  const snapshots = instruments.count({
    name: 'dcs_snapshots_total',
    help: 'Snapshots by store and outcome: loaded, saved, dropped, failed, or why one could not be used.',
    labels: ['store', 'outcome'],
  });
  return { snapshot: (outcome, store) => snapshots(store, outcome).add() };
}

/** Who drives which session, where there are several servers. */
export function createLeaseMeter(instruments: Instruments): LeaseMeter {
  const changes = instruments.count({
    name: 'dcs_lease_changes_total',
    help: 'Changes of leases: acquired, lost, released, takenOver (from a server that is gone).',
    labels: ['change'],
  });
  return { lease: (change) => changes(change).add() };
}

/** What became of the sessions that a crash had left running. */
export function createRecoveryMeter(instruments: Instruments): RecoveryMeter {
  const recoveries = instruments.count({
    name: 'dcs_recovered_sessions_total',
    help: 'Sessions that a crash left running, by outcome: finished, paused, resumed, untouched, failed.',
    labels: ['outcome'],
  });
  return { recovered: (outcome) => recoveries(outcome).add() };
}
