import type { CapDto, CapMeasure, ModelReportDto } from '../modelDto.ts';
import type { Amount } from '../models/account.ts';
import { endpointId } from '../models/modelEndpoint.ts';
import type { ModelsInForce } from '../models/modelsInForce.ts';
import { CALL_SCOPES } from '../store/ports.ts';
import type { CallScope, ModelCallStore } from '../store/ports.ts';
import { authorise } from './authorise.ts';
import type { Principal } from './authorise.ts';
import { readModelUse } from './modelUse.ts';

export interface ModelServicePorts {
  readonly calls: Pick<ModelCallStore, 'sums' | 'figures' | 'highest'>;
  readonly inForce: ModelsInForce;
  readonly clock: { now(): number };
}

/** What administrators see of models behind providers. */
export interface ModelService {
  /** Who is asked for what, and what that took in the last `hours`. */
  report(principal: Principal | null, hours: number): Promise<ModelReportDto>;
}

const HOUR_MS = 3_600_000;
const MEASURES = ['tokens', 'dollars', 'seconds'] as const satisfies readonly CapMeasure[];

const measured = ({ tokens, dollars, ms }: Amount): Readonly<Record<CapMeasure, number>> => ({
  tokens,
  dollars,
  seconds: ms / 1000,
});

const nameOf = ({ provider, model }: { readonly provider: string; readonly model: string }): string =>
  endpointId({ provider, modelId: model });

export function createModelService({ calls, inForce, clock }: ModelServicePorts): ModelService {
  const { caps } = inForce;

  /** The caps of one scope that there are, with what comes nearest to them. */
  async function capsOn(scope: CallScope, since: number): Promise<readonly CapDto[]> {
    const most = measured(caps[scope]);
    const limited = MEASURES.filter((measure) => most[measure] !== Infinity);
    if (limited.length === 0) return [];
    const highest = measured(await calls.highest(scope, since));
    return limited.map((measure) => ({ scope, measure, most: most[measure], highest: highest[measure] }));
  }

  return {
    report: async (principal, hours) => {
      authorise(principal, 'admin.models', null);
      const until = clock.now();
      const since = until - hours * HOUR_MS;
      const from = (scope: CallScope): number =>
        scope === 'player' ? Math.max(since, until - caps.playerWindowMs) : since;
      const [use, ...limits] = await Promise.all([
        readModelUse(calls, since),
        ...CALL_SCOPES.map((scope) => capsOn(scope, from(scope))),
      ]);
      return {
        since: new Date(since).toISOString(),
        until: new Date(until).toISOString(),
        chains: inForce.chains,
        breakers: inForce.breakers(),
        roles: use.roles.map(({ provider, model, ...rest }) => ({
          ...rest,
          model: nameOf({ provider, model }),
        })),
        total: use.total,
        failures: use.failures.map(({ outcome, calls: count, ...model }) => ({
          model: nameOf(model),
          reason: outcome,
          calls: count,
        })),
        days: use.days,
        caps: limits.flat(),
      };
    },
  };
}
