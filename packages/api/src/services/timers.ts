/** The passing of time as a port, so that tests decide how fast it passes. */
export interface Timers {
  /** Calls back once after `ms`, unless cancelled. */
  after(ms: number, callback: () => void): { cancel(): void };
  /** Calls back again and again, unless cancelled. */
  every(ms: number, callback: () => void): { cancel(): void };
}

/** setTimeout overflows beyond this and would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

export interface SystemTimersOptions {
  /** Whether a timer that is set keeps the process alive, as for a command that waits for nothing else. */
  readonly keepAlive?: boolean;
}

/** Real time. */
export function systemTimers({ keepAlive = false }: SystemTimersOptions = {}): Timers {
  return {
    after: (ms, callback) => {
      const timer = setTimeout(callback, Math.min(Math.max(0, ms), LONGEST_MS));
      if (!keepAlive) timer.unref();
      return { cancel: () => clearTimeout(timer) };
    },
    every: (ms, callback) => {
      const timer = setInterval(callback, Math.min(ms, LONGEST_MS));
      if (!keepAlive) timer.unref();
      return { cancel: () => clearInterval(timer) };
    },
  };
}
