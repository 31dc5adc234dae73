import type { Timers } from '../../src/services/timers.ts';

/** Time that passes only when a test says so. */
export interface ManualTimers extends Timers {
  readonly clock: { now(): number };
  /** Lets time pass, firing what is due, in order. */
  advance(ms: number): void;
  /** Timers that are set. */
  readonly pending: number;
}

interface Entry {
  readonly callback: () => void;
  readonly every: number | null;
  due: number;
}

export function manualTimers(start = 1_000_000): ManualTimers {
  const entries = new Set<Entry>();
  let now = start;

  function add(entry: Entry): { cancel(): void } {
    entries.add(entry);
    return { cancel: () => void entries.delete(entry) };
  }

  function nextDue(until: number): Entry | undefined {
    return [...entries].filter(({ due }) => due <= until).toSorted((a, b) => a.due - b.due)[0];
  }

  return {
    clock: { now: () => now },
    after: (ms, callback) => add({ callback, every: null, due: now + Math.max(0, ms) }),
    every: (ms, callback) => add({ callback, every: ms, due: now + ms }),
    advance: (ms) => {
      const until = now + ms;
      for (let entry = nextDue(until); entry !== undefined; entry = nextDue(until)) {
        now = Math.max(now, entry.due);
        if (entry.every === null) entries.delete(entry);
        else entry.due += entry.every;
        entry.callback();
      }
      now = until;
    },
    get pending() {
      return entries.size;
    },
  };
}

/** Lets everything that is ready run. */
export async function settled(): Promise<void> {
  for (let round = 0; round < 5; round += 1) await new Promise((resolve) => setImmediate(resolve));
}
