import type { Scheduler } from './scheduler.ts';

/** What is to happen next on a page that does one thing after the other, as soon as a test lets it. */
export function stepwise() {
  let due: (() => void) | null = null;
  const waits: number[] = [];
  const scheduler: Scheduler = {
    after: (ms, run) => {
      waits.push(ms);
      due = run;
      return () => void (due = null);
    },
  };
  return {
    scheduler,
    /** How long it was to wait, each time. */
    waits,
    isWaiting: () => due !== null,
    /** Lets it happen, and what follows from it at once. */
    pass: async () => {
      const run = due;
      due = null;
      run?.();
      for (let step = 0; step < 5; step += 1) await Promise.resolve();
    },
  };
}
