/** What is to happen later. Tests bring their own, and no test waits. */
export interface Scheduler {
  /** Runs `run` once, in about `milliseconds`; the result takes it back. */
  after(milliseconds: number, run: () => void): () => void;
}

export const browserScheduler: Scheduler = {
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};
