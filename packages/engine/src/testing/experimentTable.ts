import { createExperimentManager } from '../experiments/createExperimentManager.ts';
import type { ExperimentCommand } from '../experiments/deciding/command.ts';
import type { ExperimentEvent } from '../experiments/event.ts';
import type { ExperimentManager } from '../experiments/experimentManager.ts';
import { readForm } from '../experiments/forms/readForm.ts';
import type { ExperimentLog } from '../experiments/ports.ts';
import { standingOf } from '../experiments/standing.ts';
import type { PlannedExperiment, Standing } from '../experiments/standing.ts';
import type { Assignment } from '../experiments/state.ts';
import { markPersisted, SequenceConflict } from '../ports.ts';
import { examplePlan } from './examplePlan.ts';

/** One log, as any number of managers share it. */
export interface SharedLog extends ExperimentLog {
  readonly events: readonly ExperimentEvent[];
  /** The next appends are refused as if a database were away; `written`: although they were taken. */
  fail(appends: number, written?: boolean): void;
}

export function sharedLog(): SharedLog {
  const events: ExperimentEvent[] = [];
  let failing = 0;
  let isWritten = false;
  return {
    events,
    fail: (appends, written = false) => {
      failing = appends;
      isWritten = written;
    },
    append: async (batch) => {
      await Promise.resolve();
      const isFailing = failing > 0;
      if (isFailing) failing -= 1;
      const [first] = batch;
      if (isFailing && !isWritten) throw new Error('The database is away.');
      if (first !== undefined && first.seq !== events.length + 1) {
        throw new SequenceConflict(first.experiment, first.seq);
      }
      events.push(...batch);
      if (isFailing) throw new Error('The database did not answer.');
      return batch.map((event) => markPersisted(event));
    },
    read: async (_experiment, afterSeq, limit) => {
      await Promise.resolve();
      return events.slice(afterSeq, afterSeq + limit).map((event) => markPersisted(event));
    },
  };
}

const timeOf = (text: string | undefined): number | null => (text === undefined ? null : Date.parse(text));

export const plannedExample = (
  file: Readonly<Record<string, unknown>>,
  revision = 'r1',
): PlannedExperiment => {
  const plan = examplePlan(file);
  return {
    revision,
    plan,
    forms: plan.config.forms.map(readForm),
    window: { opensAt: timeOf(plan.config.opens), closesAt: timeOf(plan.config.closes) },
  };
};

export interface ExperimentTable {
  readonly manager: ExperimentManager;
  readonly log: SharedLog;
  readonly name: string;
  /** Moves the clock on. */
  pass(ms: number): void;
  run(command: ExperimentCommand): ReturnType<ExperimentManager['run']>;
}

/** An experiment of one node. `planned` may change while it runs, as files do. */
export function experimentTable(
  file: Readonly<Record<string, unknown>> = {},
  log: SharedLog = sharedLog(),
): ExperimentTable {
  const planned = plannedExample(file);
  const { name } = planned.plan;
  let now = 1_800_000_000_000;
  const manager = createExperimentManager({
    log,
    planned: (asked) => Promise.resolve(asked === name ? planned : null),
    turnsOf: () => 0,
    clock: { now: () => now },
    onFault: (fault) => {
      throw fault;
    },
  });
  return {
    manager,
    log,
    name,
    pass: (ms) => {
      now += ms;
    },
    run: (command) => manager.run(name, command),
  };
}

/** Where somebody stands who takes part. */
export async function standingAt(
  { manager, name }: ExperimentTable,
  participantId = 'p1',
): Promise<Standing> {
  const moment = await manager.present(name);
  const standing = moment === null ? null : standingOf(moment, participantId);
  if (standing === null) throw new Error(`${participantId} does not take part.`);
  return standing;
}

/** What they play, or are to play. */
export async function currentAt(table: ExperimentTable, participantId = 'p1'): Promise<Assignment> {
  const { current } = await standingAt(table, participantId);
  if (current === null) throw new Error('There is no assignment.');
  return current;
}
