import type { ExperimentPlan } from '@dcs/engine';
import type { CapUseDto } from '../../experimentAdminDto.ts';
import type { ModelCallAmounts } from '../../store/ports.ts';

/** How much of what a whole experiment may use is used; nothing of what is not limited. */
export function capUses(
  { config }: Pick<ExperimentPlan, 'config'>,
  total: Pick<ModelCallAmounts, 'inputTokens' | 'outputTokens' | 'costUsd' | 'totalMs'>,
): readonly CapUseDto[] {
  const cap = config.caps.experiment ?? {};
  const used = {
    tokens: total.inputTokens + total.outputTokens,
    dollars: total.costUsd,
    seconds: total.totalMs / 1000,
  };
  return (['tokens', 'dollars', 'seconds'] as const).flatMap((measure) => {
    const most = cap[measure];
    return most === undefined ? [] : [{ measure, most, used: used[measure] }];
  });
}
