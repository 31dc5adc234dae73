import type { ExperimentSetupDto } from '@dcs/api';
import { whileSeen } from '#lib/whileSeen.ts';
import type { WhileSeenPorts } from '#lib/whileSeen.ts';
import type { AskExperiment } from './sessionExperiment.svelte.ts';
import { stepOf } from './step.ts';

export interface LookAgainPorts extends Pick<WhileSeenPorts, 'scheduler' | 'isSeen'> {
  readonly ask: AskExperiment;
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
  const stop = whileSeen(
    async (isOver) => {
      const answer = await ask();
      if (isOver() || !answer.ok || asTold(answer.setup) === before) return;
      stop();
      onChanged();
    },
    { scheduler, isSeen, pauseMs: () => LOOK_AGAIN_MS * (1 + random() / 2) },
  );
  return stop;
}
