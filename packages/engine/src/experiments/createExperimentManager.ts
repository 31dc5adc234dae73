import { SequenceConflict } from '../ports.ts';
import type { Clock } from '../ports.ts';
import { failure } from '../session/failure.ts';
import { decideExperiment } from './decide.ts';
import type { ExperimentDecision, ExperimentCommand } from './deciding/command.ts';
import type { ExperimentEvent, ExperimentFact } from './event.ts';
import type { ExperimentManager } from './experimentManager.ts';
import type { ExperimentLog } from './ports.ts';
import type { ExperimentMoment, PlannedExperiment } from './standing.ts';
import { createExperimentFold } from './state.ts';
import type { ExperimentFold } from './state.ts';

export interface ExperimentManagerPorts {
  readonly log: ExperimentLog;
  /**
   * A revision of an experiment; `null` instead of a revision: the one with which it would start now, which is kept for
   * ever from then on. `null` for an unknown one.
   */
  readonly planned: (experiment: string, revision: string | null) => Promise<PlannedExperiment | null>;
  /** How many turns a session that is in memory has; 0 for any other. */
  readonly turnsOf: (sessionId: string) => number;
  readonly clock: Clock;
  /** A listener failed; nobody waits for it. Never throws. */
  readonly onFault: (fault: unknown, experiment: string) => void;
}

const PAGE = 1_000;
/** Others write to the same experiment. Who meets them again and again waits for its turn at the client. */
const MOST_CONFLICTS = 20;

const BUSY = failure('experiment/busy', 'Many are joining at this moment. Try again in a second.', true);
const CLOSING = failure('server/restarting', 'The server is about to restart. Try again in a second.', true);

interface Job {
  readonly command: ExperimentCommand;
  readonly resolve: (decision: ExperimentDecision | null) => void;
  readonly reject: (fault: unknown) => void;
}

/** One experiment in memory. */
interface Desk {
  readonly experiment: string;
  /** What is durable, as far as it was read. */
  fold: ExperimentFold;
  jobs: Job[];
  working: Promise<void> | null;
  reading: Promise<void> | null;
}

/** Drives the experiments of one node. */
export function createExperimentManager(ports: ExperimentManagerPorts): ExperimentManager {
  const { log, planned, clock, onFault } = ports;
  const desks = new Map<string, Desk>();
  const listeners = new Set<(experiment: string, lastSeq: number) => void>();
  let isClosing = false;

  function deskOf(experiment: string): Desk {
    const known = desks.get(experiment);
    if (known !== undefined) return known;
    const desk: Desk = { experiment, fold: createExperimentFold(), jobs: [], working: null, reading: null };
    desks.set(experiment, desk);
    return desk;
  }

  function tell({ experiment, fold }: Desk): void {
    for (const listener of listeners) {
      try {
        listener(experiment, fold.state.lastSeq);
      } catch (fault) {
        onFault(fault, experiment);
      }
    }
  }

  async function readOn(desk: Desk): Promise<void> {
    const from = desk.fold.state.lastSeq;
    for (;;) {
      const page = await log.read(desk.experiment, desk.fold.state.lastSeq, PAGE);
      // Meanwhile a batch of ours may have gone ahead of what was asked for.
      for (const event of page) if (event.seq > desk.fold.state.lastSeq) desk.fold.apply(event);
      if (page.length < PAGE) break;
    }
    if (desk.fold.state.lastSeq > from) tell(desk);
  }

  /** Everything that was durable when it was asked for. */
  async function catchUp(desk: Desk): Promise<void> {
    // What is being read now may have been asked for too early.
    await desk.reading?.catch(() => undefined);
    desk.reading ??= readOn(desk).finally(() => {
      desk.reading = null;
    });
    await desk.reading;
  }

  function momentOf(fold: ExperimentFold, start: PlannedExperiment): ExperimentMoment {
    const { state } = fold;
    return {
      ...start,
      state,
      now: Math.max(clock.now(), state.lastAt),
      turnsOf: ports.turnsOf,
    };
  }

  /** Decides all jobs on a copy of what is durable. Nothing is known to anybody until the events are written. */
  async function decideAll(desk: Desk, jobs: readonly Job[]) {
    const { experiment } = desk;
    const draft = desk.fold.fork();
    const events: ExperimentEvent[] = [];
    const decisions: (ExperimentDecision | null)[] = [];
    for (const { command } of jobs) {
      const start = await planned(experiment, draft.state.revision);
      if (start === null) {
        decisions.push(null);
        continue;
      }
      const moment = momentOf(draft, start);
      const write = (fact: ExperimentFact): void => {
        const event = { ...fact, experiment, seq: draft.state.lastSeq + 1, at: moment.now };
        draft.apply(event);
        events.push(event);
      };
      // What is refused starts nothing: only what happens in it has an experiment go by its file of that moment.
      const record = (fact: ExperimentFact): void => {
        if (draft.state.revision === null && fact.type !== 'revised') {
          write({ type: 'revised', revision: start.revision, by: null });
        }
        write(fact);
      };
      decisions.push(decideExperiment(moment, command, record));
    }
    return { draft, events, decisions };
  }

  async function settle(desk: Desk, jobs: readonly Job[]): Promise<void> {
    for (let conflicts = 0; conflicts < MOST_CONFLICTS; conflicts += 1) {
      await catchUp(desk);
      const { draft, events, decisions } = await decideAll(desk, jobs);
      if (events.length > 0) {
        try {
          await log.append(events);
        } catch (fault) {
          if (fault instanceof SequenceConflict) continue;
          throw fault;
        }
        // A reader may have read the events of this batch, and those of others after it, by now.
        if (draft.state.lastSeq > desk.fold.state.lastSeq) desk.fold = draft;
        tell(desk);
      }
      jobs.forEach(({ resolve }, index) => resolve(decisions[index] ?? null));
      return;
    }
    for (const { resolve } of jobs) resolve(BUSY);
  }

  async function work(desk: Desk): Promise<void> {
    while (desk.jobs.length > 0) {
      const { jobs } = desk;
      desk.jobs = [];
      try {
        await settle(desk, jobs);
      } catch (fault) {
        for (const { reject } of jobs) reject(fault);
      }
    }
    desk.working = null;
    // Else whoever asks for what does not exist would fill the memory.
    if (desk.fold.state.lastSeq === 0) desks.delete(desk.experiment);
  }

  return {
    run: (experiment, command) => {
      if (isClosing) return Promise.resolve(CLOSING);
      const desk = deskOf(experiment);
      return new Promise<ExperimentDecision | null>((resolve, reject) => {
        desk.jobs.push({ command, resolve, reject });
        // In a moment of its own, so that whatever is asked in this one goes into the same batch.
        desk.working ??= Promise.resolve().then(() => work(desk));
      });
    },
    present: async (experiment) => {
      const desk = deskOf(experiment);
      await catchUp(desk);
      const found = await planned(experiment, desk.fold.state.revision);
      if (found !== null) return momentOf(desk.fold, found);
      desks.delete(experiment);
      return null;
    },
    onRecorded: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    shutDown: async () => {
      isClosing = true;
      await Promise.all([...desks.values()].flatMap(({ working }) => working ?? []));
    },
  };
}
