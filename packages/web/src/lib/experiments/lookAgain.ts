import type { ExperimentSetupDto } from '@dcs/api';
import type { Scheduler } from '#lib/scheduler.ts';
import type { AskExperiment } from './sessionExperiment.svelte.ts';
import { stepOf } from './step.ts';

export interface LookAgainPorts {
  readonly ask: AskExperiment;
  readonly scheduler: Scheduler;
  /** Whether anybody can see the page: nobody asks for those who look elsewhere. */
  readonly isSeen: () => boolean;
  /** At least 0 and less than 1: who waits for the same does not ask at the same moment. */
  readonly random: () => number;
  /** There is something to do now, or another reason why there is not. */
  readonly onChanged: () => void;
}

/** Soon enough for whoever sits before it, seldom enough for hundreds who wait for one place. */
export const LOOK_AGAIN_MS = 20_000;

/** Whether somebody can do nothing here but wait; for a place, for the opening, for whoever paused it. */
export function isWaiting(setup: ExperimentSetupDto): boolean {
  const { at } = stepOf(setup);
  return at === 'wait' || (at === 'door' && setup.state !== 'open');
}

/** What a page says of an experiment to whoever waits. */
function asTold(setup: ExperimentSetupDto): string {
  return JSON.stringify([setup.state, setup.opensAt, stepOf(setup)]);
}

/**
 * Asks every now and then how things stand, until they stand differently from `setup` or the result is called. What
 * cannot be asked is asked later: whoever waits sees no error.
 */
export function lookAgain(setup: ExperimentSetupDto, ports: LookAgainPorts): () => void {
  const { ask, scheduler, isSeen, random, onChanged } = ports;
  const before = asTold(setup);
  let isOver = false;
  let cancel = (): void => undefined;

  function later(): void {
    cancel = scheduler.after(LOOK_AGAIN_MS * (1 + random() / 2), () => void again());
  }

  async function again(): Promise<void> {
    const answer = isSeen() ? await ask() : null;
    if (isOver) return;
    if (answer?.ok === true && asTold(answer.setup) !== before) onChanged();
    else later();
  }

  later();
  return () => {
    isOver = true;
    cancel();
  };
}
