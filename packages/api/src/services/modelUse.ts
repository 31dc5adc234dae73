import type {
  Latency,
  ModelCallAmounts,
  ModelCallDay,
  ModelCallFailures,
  ModelCallStore,
  ModelCallSum,
} from '../store/ports.ts';

/** What one role has asked of one model, and how long that took. */
interface RoleUse extends ModelCallSum {
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
}

function totalOf(sums: readonly ModelCallAmounts[]): ModelCallAmounts {
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

/** The use since a time (epoch ms), for `dcs models` and for the page of models. */
export async function readModelUse(
  calls: Pick<ModelCallStore, 'sums' | 'figures'>,
  since: number,
): Promise<ModelUse> {
  const [sums, { latencies, failures, days }] = await Promise.all([
    calls.sums({ since }),
    calls.figures({ since }),
  ]);
  const roles = sums.map((sum): RoleUse => {
    const found = latencies.find(
      ({ provider, model, role }) => provider === sum.provider && model === sum.model && role === sum.role,
    );
    return { ...sum, firstByte: found?.firstByte ?? null, total: found?.total ?? null };
  });
  return { roles, total: totalOf(sums), failures, days };
}
