import type { ModelFailuresDto, RoleUseDto } from '../modelDto.ts';
import { endpointId } from '../models/modelEndpoint.ts';
import type { ModelCallFailures } from '../store/ports.ts';
import type { AskedModel, RoleUse } from './modelUse.ts';

/* What models were asked, as administrators see it. */

export const modelName = ({ provider, model }: AskedModel): string =>
  endpointId({ provider, modelId: model });

export const roleUseDto = ({ provider, model, ...use }: RoleUse): RoleUseDto => ({
  ...use,
  model: modelName({ provider, model }),
});

export const modelFailuresDto = ({ outcome, calls, ...asked }: ModelCallFailures): ModelFailuresDto => ({
  model: modelName(asked),
  reason: outcome,
  calls,
});
