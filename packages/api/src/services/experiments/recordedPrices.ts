import { MODEL_ROLES } from '@dcs/engine';
import type { CallPrices } from '@dcs/engine';
import type { ModelCallStore, ModelCallSum } from '../../store/ports.ts';
import { totalOf } from '../modelUse.ts';

const LOOKS_BACK_MS = 30 * 24 * 3_600_000;

/** What a call has cost on average; `null` where no cost is known. */
function priceOf(sums: readonly ModelCallSum[]): number | null {
  const { calls, unpriced, costUsd } = totalOf(sums);
  return calls > unpriced ? costUsd / (calls - unpriced) : null;
}

/**
 * What calls to models have cost: those of an experiment, or of everybody in the last month where it has not been played.
 * What nobody was asked as yet is taken to cost what the others do.
 */
export async function recordedPrices(
  calls: Pick<ModelCallStore, 'sums'>,
  { experimentId, now }: { readonly experimentId: string; readonly now: number },
): Promise<CallPrices> {
  const own = await calls.sums({ experimentId });
  const sums = priceOf(own) === null ? await calls.sums({ since: now - LOOKS_BACK_MS }) : own;
  const usual = priceOf(sums);
  return Object.fromEntries(
    MODEL_ROLES.flatMap((role) => {
      const price = priceOf(sums.filter((sum) => sum.role === role)) ?? usual;
      return price === null ? [] : [[role, price]];
    }),
  );
}
