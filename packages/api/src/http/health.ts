import type { Clock } from '@dcs/engine';
import type { Timers } from '../services/timers.ts';

/** `ok`, or why not, for load balancers and people. */
export type Health =
  { readonly ok: true } | { readonly ok: false; readonly reason: string; readonly message: string };

export interface HealthPorts {
  /** Rejects when the database does not answer. */
  readonly ping: () => Promise<void>;
  readonly clock: Clock;
  readonly timers: Timers;
}

/** Probes may come often; the database is asked at most once in this time. */
const REMEMBERED_MS = 1_000;
const PATIENCE_MS = 2_000;

export function createHealthCheck({ ping, clock, timers }: HealthPorts): () => Promise<Health> {
  let last: { readonly at: number; readonly health: Promise<Health> } | null = null;

  async function ask(): Promise<Health> {
    const tooLate = Promise.withResolvers<never>();
    const timer = timers.after(PATIENCE_MS, () => tooLate.reject(new Error('The database is too slow.')));
    try {
      await Promise.race([ping(), tooLate.promise]);
      return { ok: true };
    } catch {
      return { ok: false, reason: 'store/unavailable', message: 'The database does not answer.' };
    } finally {
      timer.cancel();
    }
  }

  return () => {
    const now = clock.now();
    if (last === null || now - last.at >= REMEMBERED_MS) last = { at: now, health: ask() };
    return last.health;
  };
}
