import type { GameRegistry } from '@dcs/engine';
import type { CapDto, CapMeasure, ModelReportDto, ModelReportInput } from '../modelDto.ts';
import type { Amount } from '../models/account.ts';
import type { ModelsInForce } from '../models/modelsInForce.ts';
import { CALL_SCOPES } from '../store/ports.ts';
import type { CallScope, ModelCallStore } from '../store/ports.ts';
import { authorise } from './authorise.ts';
import type { Principal } from './authorise.ts';
import { readModelUse } from './modelUse.ts';
import type { AskedModel } from './modelUse.ts';
import { modelFailuresDto, modelName, roleUseDto } from './modelUseDto.ts';

export interface ModelServicePorts {
  readonly calls: Pick<ModelCallStore, 'sums' | 'figures' | 'highest'>;
  readonly inForce: ModelsInForce;
  readonly games: Pick<GameRegistry, 'entries'>;
  readonly clock: { now(): number };
}

/** What administrators see of models behind providers. */
export interface ModelService {
  /** Who is asked for what, and what that took. */
  report(principal: Principal | null, input: ModelReportInput): Promise<ModelReportDto>;
}

const HOUR_MS = 3_600_000;
const MEASURES = ['tokens', 'dollars', 'seconds'] as const satisfies readonly CapMeasure[];

const measured = ({ tokens, dollars, ms }: Amount): Readonly<Record<CapMeasure, number>> => ({
  tokens,
  dollars,
  seconds: ms / 1000,
});

/** The reverse: a name without a colon is that of a provider. */
function wantedOf(name: string): Partial<AskedModel> {
  const end = name.indexOf(':');
  return end === -1 ? { provider: name } : { provider: name.slice(0, end), model: name.slice(end + 1) };
}

export function createModelService({ calls, inForce, games, clock }: ModelServicePorts): ModelService {
  const { caps } = inForce;
  const choices = games.entries.flatMap(({ file: { title, models } }) =>
    models === undefined ? [] : [{ title, models }],
  );

  /** The caps of one scope that there are, with what comes nearest to them. */
  async function capsOn(scope: CallScope, since: number): Promise<readonly CapDto[]> {
    const most = measured(caps[scope]);
    const limited = MEASURES.filter((measure) => most[measure] !== Infinity);
    if (limited.length === 0) return [];
    const { tokens, dollars, ms } = await calls.highest(scope, since);
    const highest = measured({ tokens: tokens.amount, dollars: dollars.amount, ms: ms.amount });
    const by = { tokens: tokens.by, dollars: dollars.by, seconds: ms.by };
    return limited.map((measure) => ({
      scope,
      measure,
      most: most[measure],
      highest: highest[measure],
      by: by[measure],
    }));
  }

  return {
    report: async (principal, { hours, role, model }) => {
      authorise(principal, 'admin.models', null);
      const until = clock.now();
      const since = until - hours * HOUR_MS;
      const from = (scope: CallScope): number =>
        scope === 'player' ? Math.max(since, until - caps.playerWindowMs) : since;
      const [use, ...limits] = await Promise.all([
        readModelUse(calls, { since, ...(role && { role }), ...(model && wantedOf(model)) }),
        ...CALL_SCOPES.map((scope) => capsOn(scope, from(scope))),
      ]);
      const breakers = inForce.breakers();
      const models = new Set([...breakers.map((breaker) => breaker.model), ...use.models.map(modelName)]);
      return {
        since: new Date(since).toISOString(),
        until: new Date(until).toISOString(),
        chains: inForce.chains,
        games: choices,
        breakers,
        models: [...models].toSorted(),
        roles: use.roles.map(roleUseDto),
        total: use.total,
        failures: use.failures.map(modelFailuresDto),
        days: use.days,
        caps: limits.flat(),
      };
    },
  };
}
