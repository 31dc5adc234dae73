import type { Scheduler } from '#lib/scheduler.ts';

export interface WhileSeenPorts {
  readonly scheduler: Scheduler;
  /** Whether anybody can see the page: nothing is done for those who look elsewhere. */
  readonly isSeen: () => boolean;
  /** Before the first time, and after each, in milliseconds. */
  readonly pauseMs: () => number;
}

/**
 * Does a job again and again until the result is called. The job may have to wait for an answer, and asks then whether it
 * `isOver` by now.
 */
export function whileSeen(
  job: (isOver: () => boolean) => Promise<void>,
  { scheduler, isSeen, pauseMs }: WhileSeenPorts,
): () => void {
  let hasStopped = false;
  let cancel = (): void => undefined;

  function later(): void {
    if (!hasStopped) cancel = scheduler.after(pauseMs(), () => void again());
  }

  async function again(): Promise<void> {
    if (isSeen()) await job(() => hasStopped);
    later();
  }

  later();
  return () => {
    hasStopped = true;
    cancel();
  };
}
