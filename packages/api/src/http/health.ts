import type { Clock } from '@dcs/engine';
import type { Logger } from '../logger.ts';
import type { Timers } from '../services/timers.ts';

/** Something that the server cannot do without. */
export interface HealthCheck {
  /** Under which it is listed, such as `database`. */
  readonly name: string;
  /** What the server answers while it is missing: stable and namespaced. */
  readonly reason: string;
  /** The same for people. */
  readonly message: string;
  /** Rejects while it is missing. */
  readonly check: () => Promise<void>;
}

/** `ok`, or why not, for load balancers and people. `checks` says by name which of them pass. */
export type Health = { readonly checks: Readonly<Record<string, 'ok' | 'failed'>> } & (
  { readonly ok: true } | { readonly ok: false; readonly reason: string; readonly message: string }
);

export interface HealthPorts {
  readonly checks: readonly HealthCheck[];
  /** Whether the server is about to stop: it is well, and nobody should be sent to it any more. */
  readonly isDraining: () => boolean;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}

/** Probes may come often; what they ask after is asked at most once in this time. */
const REMEMBERED_MS = 1_000;
const PATIENCE_MS = 2_000;

const DRAINING = { ok: false, reason: 'server/restarting', message: 'The server is restarting.' } as const;

export function createHealthCheck(ports: HealthPorts): () => Promise<Health> {
  const { checks, clock, timers, logger } = ports;
  let last: { readonly at: number; readonly health: Promise<Health> } | null = null;
  let missing = new Set<string>();

  async function passes({ check }: HealthCheck): Promise<boolean> {
    const tooLate = Promise.withResolvers<false>();
    const timer = timers.after(PATIENCE_MS, () => tooLate.resolve(false));
    const answer = check().then(
      () => true,
      () => false,
    );
    try {
      return await Promise.race([answer, tooLate.promise]);
    } finally {
      timer.cancel();
    }
  }

  /** A probe every second must not fill the log: only a change is worth a line. */
  function note(failed: readonly HealthCheck[]): void {
    for (const { name, reason } of failed) {
      if (!missing.has(name)) logger.warn({ check: name, reason }, 'The server is not healthy.');
    }
    const now = new Set(failed.map(({ name }) => name));
    for (const name of missing) if (!now.has(name)) logger.info({ check: name }, 'It is back.');
    missing = now;
  }

  async function ask(): Promise<Health> {
    const passed = await Promise.all(checks.map(passes));
    const failed = checks.filter((_check, index) => passed[index] === false);
    note(failed);
    const results = Object.fromEntries(
      checks.map(({ name }, index) => [name, passed[index] === true ? 'ok' : 'failed'] as const),
    );
    const [first] = failed;
    if (first === undefined) return { ok: true, checks: results };
    return { ok: false, reason: first.reason, message: first.message, checks: results };
  }

  return async () => {
    const now = clock.now();
    if (last === null || now - last.at >= REMEMBERED_MS || now < last.at) last = { at: now, health: ask() };
    const health = await last.health;
    return ports.isDraining() ? { ...DRAINING, checks: health.checks } : health;
  };
}
