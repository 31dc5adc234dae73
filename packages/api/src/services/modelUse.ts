import type {
  Latency,
  ModelCallAmounts,
  ModelCallDay,
  ModelCallFailures,
  ModelCallFilter,
  ModelCallLatency,
  ModelCallStore,
  ModelCallSum,
} from '../store/ports.ts';

/** What one role has asked of one model, and how long that took. */
export interface RoleUse extends ModelCallSum {
  readonly firstByte: Latency | null;
  readonly total: Latency | null;
}

/** What models were asked, and what it took, according to the records. */
export interface ModelUse {
  /** Ordered by provider, model and role. */
  readonly roles: readonly RoleUse[];
  readonly total: ModelCallAmounts;
  readonly failures: readonly ModelCallFailures[];
  readonly days: readonly ModelCallDay[];
  /** All models that were asked in the time, also for what the filter leaves out. */
  readonly models: readonly AskedModel[];
}

export type AskedModel = Pick<ModelCallSum, 'provider' | 'model'>;

/** Sums of several kinds as one. */
export function totalOf(sums: readonly ModelCallAmounts[]): ModelCallAmounts {
  const total = (of: (sum: ModelCallAmounts) => number): number =>
    sums.reduce((whole, sum) => whole + of(sum), 0);
  return {
    calls: total(({ calls }) => calls),
    failures: total(({ failures }) => failures),
    inputTokens: total(({ inputTokens }) => inputTokens),
    outputTokens: total(({ outputTokens }) => outputTokens),
    costUsd: total(({ costUsd }) => costUsd),
    unpriced: total(({ unpriced }) => unpriced),
    totalMs: total(({ totalMs }) => totalMs),
  };
}

/** Sums with how long calls of their kind have taken. */
export function timed(
  sums: readonly ModelCallSum[],
  latencies: readonly ModelCallLatency[],
): readonly RoleUse[] {
  return sums.map((sum) => {
    const found = latencies.find(
      ({ provider, model, role }) => provider === sum.provider && model === sum.model && role === sum.role,
    );
    return { ...sum, firstByte: found?.firstByte ?? null, total: found?.total ?? null };
  });
}

/** Which use is asked about: since a time (epoch ms), of all roles and models or of some. */
export type ModelUseFilter = Pick<ModelCallFilter, 'role' | 'provider' | 'model'> & {
  readonly since: number;
};

/** For `dcs models` and for the page of models. */
export async function readModelUse(
  calls: Pick<ModelCallStore, 'sums' | 'figures'>,
  filter: ModelUseFilter,
): Promise<ModelUse> {
  const { since, role, provider, model } = filter;
  // Sums are few, so those of all are read and the wanted ones picked.
  const [all, { latencies, failures, days }] = await Promise.all([
    calls.sums({ since }),
    calls.figures(filter),
  ]);
  const sums = all.filter(
    (sum) =>
      (role === undefined || sum.role === role) &&
      (provider === undefined || sum.provider === provider) &&
      (model === undefined || sum.model === model),
  );
  return { roles: timed(sums, latencies), total: totalOf(sums), failures, days, models: all };
}
