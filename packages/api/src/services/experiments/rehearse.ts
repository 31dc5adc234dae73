import type { CallPrices, CurrentCharacter, ExperimentConfig, GameFile, PreflightReport } from '@dcs/engine';
import { Worker } from 'node:worker_threads';

/** Everything a simulation depends on, as plain data: it runs in a thread of its own. */
export interface Rehearsal {
  readonly config: ExperimentConfig;
  readonly participants: number;
  readonly seed: string;
  /** Epoch ms; when the experiment opens, where that is later. */
  readonly startsAt: number;
  readonly prices: CallPrices;
  readonly gameFiles: readonly GameFile[];
  readonly characters: readonly CurrentCharacter[];
}

/** Simulates an experiment while the server goes on. Rejects when the thread fails. */
export type Rehearse = (rehearsal: Rehearsal) => Promise<PreflightReport>;

/** One at a time: they are for administrators, and each takes a whole processor. */
export function createRehearse(): Rehearse {
  let last: Promise<unknown> = Promise.resolve();
  return (rehearsal) => {
    const report = last.then(() => runInThread(rehearsal));
    last = report.catch(() => undefined); // whoever asked gets the failure; the next one only waits
    return report;
  };
}

function runInThread(rehearsal: Rehearsal): Promise<PreflightReport> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./rehearsalWorker.ts', import.meta.url), { workerData: rehearsal });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code !== 0) reject(new Error(`The simulation ended with code ${code}.`));
    });
  });
}
