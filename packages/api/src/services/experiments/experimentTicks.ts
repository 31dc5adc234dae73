import type { ExperimentManager } from '@dcs/engine';
import type { ExperimentTickDto } from '../../experimentAdminDto.ts';
import type { Timers } from '../timers.ts';

export interface ExperimentTicksPorts {
  readonly experiments: Pick<ExperimentManager, 'present' | 'onRecorded'>;
  readonly timers: Timers;
}

/** So that a crowd does not have every page ask for itself many times a second. */
const LEAST_MS = 500;
/** What other servers record is seen by looking. */
const LOOK_MS = 2_000;

/** Word of whatever is new in an experiment, beginning with how it is now, until the signal aborts. */
export async function* experimentTicks(
  { experiments, timers }: ExperimentTicksPorts,
  name: string,
  signal: AbortSignal,
): AsyncGenerator<ExperimentTickDto, void, undefined> {
  let isNews = false;
  let wake = (): void => undefined;

  /** Resolves after `ms`, when it is woken, or when the signal aborts. */
  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = timers.after(ms, resolve);
      wake = () => {
        timer.cancel();
        resolve();
      };
      if (signal.aborted) wake();
    });

  const onAbort = (): void => wake();
  signal.addEventListener('abort', onAbort);
  // Before anything is read, so that nothing is recorded between reading and listening.
  const stop = experiments.onRecorded((experiment) => {
    if (experiment !== name || isNews) return;
    isNews = true;
    wake();
  });
  try {
    let told = -1;
    while (!signal.aborted) {
      isNews = false;
      const moment = await experiments.present(name);
      if (moment === null) return;
      const { lastSeq } = moment.state;
      if (lastSeq !== told) {
        told = lastSeq;
        yield { name, lastSeq };
        // What comes now waits for the next look: waking up would be too soon.
        isNews = true;
        await rest(LEAST_MS);
      } else if (!isNews) {
        await rest(LOOK_MS);
      }
    }
  } finally {
    stop();
    signal.removeEventListener('abort', onAbort);
  }
}
