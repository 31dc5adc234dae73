import type { Cancellation } from '@dcs/engine';

/** What is counted. `ms` is the time that models work. */
export const MEASURES = ['tokens', 'dollars', 'ms'] as const;
export type Measure = (typeof MEASURES)[number];
export type Amount = Readonly<Record<Measure, number>>;

export const NOTHING: Amount = { tokens: 0, dollars: 0, ms: 0 };
export const UNLIMITED: Amount = { tokens: Infinity, dollars: Infinity, ms: Infinity };

export const plus = (a: Amount, b: Amount): Amount => ({
  tokens: a.tokens + b.tokens,
  dollars: a.dollars + b.dollars,
  ms: a.ms + b.ms,
});

const minus = (a: Amount, b: Amount): Amount => ({
  tokens: a.tokens - b.tokens,
  dollars: a.dollars - b.dollars,
  ms: a.ms - b.ms,
});

/**
 * What may be spent, what is spent, and what calls that are under way may spend yet. While one call is let in only where
 * the most that the others may spend still leaves room, the cap is exceeded by no more than the rest of one call.
 */
export interface Account {
  /** The measure by which `more` goes beyond the cap; `null` when it fits. What is held does not count. */
  exceededBy(more: Amount): Measure | null;
  /** Whether another call may begin beside those that are under way. */
  readonly hasRoom: boolean;
  /** Milliseconds that a call may take until the time is spent. */
  readonly msLeft: number;
  /** A call begins that may spend `most`. */
  hold(most: Amount): void;
  /** It is over, and has spent `used`. */
  settle(most: Amount, used: Amount): void;
  /** Resolves when a call is over, or the reply is no longer wanted. */
  changed(cancellation: Cancellation): Promise<void>;
  /** What all calls have spent that were settled here; for `startFrom`. */
  readonly settled: Amount;
  /** Counts anew from what is known from elsewhere, which includes what was settled here up to `known`. */
  startFrom(spent: Amount, known: Amount): void;
}

export function createAccount(cap: Amount): Account {
  let spent = NOTHING;
  let held = NOTHING;
  let settled = NOTHING;
  const waiting = new Set<() => void>();

  const beyond = (amount: Amount, isBeyond: (amount: number, cap: number) => boolean): Measure | null =>
    MEASURES.find((measure) => isBeyond(amount[measure], cap[measure])) ?? null;

  return {
    exceededBy: (more) =>
      beyond(spent, (amount, most) => amount >= most) ??
      beyond(plus(spent, more), (amount, most) => amount > most),
    get hasRoom() {
      return beyond(plus(spent, held), (amount, most) => amount >= most) === null;
    },
    get msLeft() {
      return cap.ms - spent.ms;
    },
    hold: (most) => {
      held = plus(held, most);
    },
    settle: (most, used) => {
      held = minus(held, most);
      spent = plus(spent, used);
      settled = plus(settled, used);
      for (const wake of waiting) wake();
    },
    changed: (cancellation) =>
      new Promise((resolve) => {
        const wake = (): void => {
          waiting.delete(wake);
          cancellation.removeEventListener('abort', wake);
          resolve();
        };
        waiting.add(wake);
        if (cancellation.aborted) wake();
        else cancellation.addEventListener('abort', wake, { once: true });
      }),
    get settled() {
      return settled;
    },
    startFrom: (known, upTo) => {
      spent = plus(known, minus(settled, upTo));
    },
  };
}
